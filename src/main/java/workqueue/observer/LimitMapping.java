package workqueue.observer;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeItem;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import workqueue.cluster.GivenLimits;
import workqueue.history.ClusterEvent.LimitsGiven;

/** The limits that LimitRanges gave a pod, with their amounts. */
final class LimitMapping {
  private LimitMapping() {}

  /**
   * What was given to each container that got something.
   *
   * @param client is asked for the LimitRanges; it need not be allowed to list them
   */
  static List<LimitsGiven> of(Pod pod, KubernetesClient client) {
    return GivenLimits.of(pod).isEmpty()
        ? List.of()
        : of(pod, ranges(client, pod.getMetadata().getNamespace()));
  }

  static List<LimitsGiven> of(Pod pod, List<LimitRange> ranges) {
    List<LimitsGiven> all = new ArrayList<>();
    GivenLimits.of(pod)
        .forEach(
            (container, resources) -> {
              Map<String, String> limits = limits(pod, container, resources);
              all.add(
                  new LimitsGiven(PodMapping.ref(pod), container, limits, name(ranges, limits)));
            });
    return all;
  }

  private static Map<String, String> limits(Pod pod, String container, List<String> resources) {
    Map<String, String> limits = new LinkedHashMap<>();
    Stream.concat(
            pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
        .filter(each -> each.getName().equals(container) && each.getResources() != null)
        .map(Container::getResources)
        .forEach(
            its -> {
              for (String resource : resources) {
                Quantity limit = its.getLimits().get(resource);
                if (limit != null) {
                  limits.put(resource, limit.toString());
                }
              }
            });
    return limits;
  }

  /** The only one that gives such limits; of several nobody knows which it was. */
  private static String name(List<LimitRange> ranges, Map<String, String> limits) {
    List<String> names =
        ranges.stream()
            .filter(
                each -> each.getSpec().getLimits().stream().anyMatch(item -> gives(item, limits)))
            .map(each -> each.getMetadata().getName())
            .toList();
    return names.size() == 1 ? names.get(0) : "";
  }

  private static boolean gives(LimitRangeItem item, Map<String, String> limits) {
    return "Container".equals(item.getType())
        && item.getDefault() != null
        && limits.entrySet().stream()
            .allMatch(
                each -> {
                  Quantity given = item.getDefault().get(each.getKey());
                  return given != null && given.toString().equals(each.getValue());
                });
  }

  private static List<LimitRange> ranges(KubernetesClient client, String namespace) {
    try {
      return client.limitRanges().inNamespace(namespace).list().getItems();
    } catch (KubernetesClientException forbidden) {
      return List.of();
    }
  }
}
