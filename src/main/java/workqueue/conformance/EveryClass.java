package workqueue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import workqueue.checker.claim.ClusterChecks;
import workqueue.waiting.WaitedInVain;

/** A probe on one node of each class that takes pods. */
final class EveryClass implements Trial {
  private static final Duration PROBE = Duration.ofMinutes(2);
  private static final String HOST = "kubernetes.io/hostname";

  @Override
  public String check() {
    return "nodes.every-class";
  }

  @Override
  public void run(OwnObjects own, Parts parts) {
    int number = 0;
    for (String node : oneOfEach(own.nodes(), own.nodeOf(parts.brokerPod()))) {
      JsonNode probe = parts.scoutOn(node, number++, own.addressOf(parts.brokerPod()));
      try {
        own.probe(probe, PROBE);
      } catch (WaitedInVain notThere) {
        // That it did not run is in the record; the other nodes are looked at all the same.
      }
      own.forget(probe);
    }
  }

  /** The names by which pods are sent there; of a class rather one that the broker is not on. */
  private static Collection<String> oneOfEach(List<Map<String, Object>> nodes, String brokers) {
    Map<String, String> hosts = new LinkedHashMap<>();
    for (Map<String, Object> node : nodes) {
      if (ClusterChecks.unfit(node).isEmpty()
          && node.get("labels") instanceof Map<?, ?> labels
          && labels.get(HOST) instanceof String host) {
        hosts.merge(
            ClusterChecks.nodeClass(node),
            host,
            (first, later) -> first.equals(brokers) ? later : first);
      }
    }
    return hosts.values();
  }
}
