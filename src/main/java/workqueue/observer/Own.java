package workqueue.observer;

import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import workqueue.cluster.ScenarioNamespace;

/**
 * What in a namespace is a scenario's own.
 *
 * @param labels of its objects; none where all are its own
 * @param names whether an object of this name is its own
 * @param since when its own were made: events of others before it, which had the same names, stay
 */
record Own(Map<String, String> labels, Predicate<String> names, Instant since) {
  /** All that there is. */
  static final Own ALL = new Own(Map.of(), name -> true, Instant.MIN);

  /** The API's times are whole seconds, and its clock may be another. */
  private static final Duration LEEWAY = Duration.ofSeconds(2);

  static Own of(ScenarioNamespace namespace, Instant now) {
    return new Own(namespace.labels(), namespace::owns, now.minus(LEEWAY));
  }

  boolean tells(Event event) {
    if (event.getInvolvedObject() == null || !names.test(event.getInvolvedObject().getName())) {
      return labels.isEmpty();
    }
    Instant made = Times.of(event.getMetadata().getCreationTimestamp());
    return made == null || !made.isBefore(since);
  }
}
