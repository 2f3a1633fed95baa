package workqueue.observer;

import io.fabric8.kubernetes.api.model.Event;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import workqueue.cluster.ScenarioNamespace;

/**
 * What in a namespace is a scenario's own.
 *
 * @param labels of its objects; none where all are its own
 * @param names whether an object of this name is its own
 * @param before the uids of events that were there before it, of others that had the same names
 */
record Own(Map<String, String> labels, Predicate<String> names, Set<String> before) {
  /** All that there is. */
  static final Own ALL = new Own(Map.of(), name -> true, Set.of());

  static Own of(ScenarioNamespace namespace) {
    return new Own(
        namespace.labels(),
        namespace::owns,
        namespace.client().v1().events().inNamespace(namespace.name()).list().getItems().stream()
            .map(each -> each.getMetadata().getUid())
            .collect(Collectors.toUnmodifiableSet()));
  }

  boolean tells(Event event) {
    if (event.getInvolvedObject() == null || !names.test(event.getInvolvedObject().getName())) {
      return labels.isEmpty();
    }
    return !before.contains(event.getMetadata().getUid());
  }
}
