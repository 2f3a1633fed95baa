package workqueue.observer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import workqueue.history.ClusterEvent.ImageHeld;
import workqueue.history.ClusterEvent.PodUse;
import workqueue.history.PodRef;

/** What kubelets tell of what pods use, as events. */
final class UseMapping {
  private static final ObjectMapper JSON = new ObjectMapper();

  private UseMapping() {}

  /**
   * What the containers of a namespace's pods used, the sum of them for each pod.
   *
   * @param summary a kubelet's {@code stats/summary}
   * @throws IllegalArgumentException if it is none
   */
  static List<PodUse> uses(String summary, String namespace, Instant asked) {
    JsonNode root;
    try {
      root = JSON.readTree(summary);
    } catch (JsonProcessingException noJson) {
      throw new IllegalArgumentException("this is no summary of a kubelet", noJson);
    }
    List<PodUse> uses = new ArrayList<>();
    for (JsonNode pod : root.path("pods")) {
      JsonNode ref = pod.path("podRef");
      if (ref.path("namespace").asText().equals(namespace)) {
        uses.add(
            new PodUse(
                new PodRef(namespace, ref.path("name").asText(), ref.path("uid").asText()),
                sum(pod, "cpu", "usageCoreNanoSeconds"),
                sum(pod, "memory", "workingSetBytes"),
                measuredAt(pod, asked)));
      }
    }
    return uses;
  }

  /** The latest time that the kubelet gives; it may give figures of a while ago, more than once. */
  private static Instant measuredAt(JsonNode pod, Instant asked) {
    Instant latest = null;
    for (JsonNode container : pod.path("containers")) {
      for (String part : List.of("cpu", "memory")) {
        Instant at = Times.of(container.path(part).path("time").asText(null));
        latest = latest == null || (at != null && at.isAfter(latest)) ? at : latest;
      }
    }
    return latest == null ? asked : latest;
  }

  /** Null if none of the containers has it. */
  private static Long sum(JsonNode pod, String part, String figure) {
    Long sum = null;
    for (JsonNode container : pod.path("containers")) {
      JsonNode value = container.path(part).path(figure);
      if (value.isNumber()) {
        sum = (sum == null ? 0 : sum) + value.asLong();
      }
    }
    return sum;
  }

  /** The images of the pod's containers as their node holds them; those that it lists. */
  static List<ImageHeld> images(Pod pod, Node node) {
    List<ImageHeld> held = new ArrayList<>();
    for (ContainerStatus status : PodMapping.statuses(pod)) {
      Optional<ContainerImage> image =
          node.getStatus().getImages().stream()
              .filter(each -> each.getNames() != null)
              .filter(
                  each ->
                      Stream.of(status.getImage(), status.getImageID())
                          .anyMatch(each.getNames()::contains))
              .findFirst();
      image.ifPresent(
          each ->
              held.add(
                  new ImageHeld(
                      node.getMetadata().getName(), named(pod, status), each.getSizeBytes())));
    }
    return held;
  }

  private static String named(Pod pod, ContainerStatus status) {
    return Stream.concat(
            pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
        .filter(each -> each.getName().equals(status.getName()))
        .map(each -> each.getImage())
        .findFirst()
        .orElse(status.getImage());
  }
}
