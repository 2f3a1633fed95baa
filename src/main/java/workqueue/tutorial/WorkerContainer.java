package workqueue.tutorial;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which container of a Job's pods is the worker: the one that is named by the annotation that
 * kubectl reads for its default, the only one, or the only one that is told of QUEUE or BROKER_URL.
 */
public final class WorkerContainer {
  /** Names the container that {@code kubectl logs} and {@code exec} take unless told otherwise. */
  static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

  private static final Set<String> TOLD = Set.of("QUEUE", "BROKER_URL");

  private WorkerContainer() {}

  /** The container's place among the pod's; empty if it is not known which it is. */
  public static Optional<Integer> in(PodTemplateSpec template) {
    return in(template.getMetadata(), template.getSpec().getContainers());
  }

  /** The name of the worker's container; empty if it is not known which it is. */
  public static Optional<String> in(Pod pod) {
    List<Container> containers = pod.getSpec().getContainers();
    return in(pod.getMetadata(), containers).map(place -> containers.get(place).getName());
  }

  private static Optional<Integer> in(ObjectMeta metadata, List<Container> containers) {
    Optional<String> named =
        Optional.ofNullable(metadata)
            .map(ObjectMeta::getAnnotations)
            .map(annotations -> annotations.get(DEFAULT_CONTAINER));
    for (int i = 0; i < containers.size(); i++) {
      if (named.isPresent() && named.get().equals(containers.get(i).getName())) {
        return Optional.of(i);
      }
    }
    if (containers.size() == 1) {
      return Optional.of(0);
    }
    List<Container> told = containers.stream().filter(WorkerContainer::isTold).toList();
    return told.size() == 1 ? Optional.of(containers.indexOf(told.get(0))) : Optional.empty();
  }

  private static boolean isTold(Container container) {
    return container.getEnv().stream().anyMatch(each -> TOLD.contains(each.getName()));
  }
}
