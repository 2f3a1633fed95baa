package workqueue.observer;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import java.util.Map;
import java.util.TreeMap;
import workqueue.history.ClusterEvent.QuotaState;

/** What a resource quota's object says, as an event. */
final class QuotaMapping {
  private QuotaMapping() {}

  static QuotaState state(ResourceQuota quota) {
    ResourceQuotaStatus status =
        quota.getStatus() == null ? new ResourceQuotaStatus() : quota.getStatus();
    return new QuotaState(
        quota.getMetadata().getNamespace(),
        quota.getMetadata().getName(),
        text(status.getHard()),
        text(status.getUsed()));
  }

  private static Map<String, String> text(Map<String, Quantity> quantities) {
    Map<String, String> text = new TreeMap<>();
    if (quantities != null) {
      quantities.forEach((name, quantity) -> text.put(name, String.valueOf(quantity)));
    }
    return text;
  }
}
