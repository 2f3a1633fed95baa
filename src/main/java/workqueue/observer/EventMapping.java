package workqueue.observer;

import io.fabric8.kubernetes.api.model.Event;
import java.time.Instant;
import workqueue.history.ClusterEvent.KubernetesEvent;

/** What a Kubernetes event says, in its old form (counted) and its new one (a series). */
final class EventMapping {
  private EventMapping() {}

  static KubernetesEvent state(Event event) {
    int count = event.getCount() == null ? 1 : Math.max(1, event.getCount());
    Instant happened =
        event.getEventTime() == null ? null : Times.of(event.getEventTime().getTime());
    Instant first = Times.of(event.getFirstTimestamp());
    Instant last = Times.of(event.getLastTimestamp());
    if (event.getSeries() != null) {
      Integer repeated = event.getSeries().getCount();
      count = repeated == null ? count : Math.max(count, repeated);
      last =
          event.getSeries().getLastObservedTime() == null
              ? last
              : Times.of(event.getSeries().getLastObservedTime().getTime());
    }
    first = first == null ? happened : first;
    return new KubernetesEvent(
        event.getMetadata().getNamespace(),
        event.getType(),
        event.getReason(),
        event.getInvolvedObject() == null ? "" : event.getInvolvedObject().getKind(),
        event.getInvolvedObject() == null ? "" : event.getInvolvedObject().getName(),
        event.getMessage(),
        count,
        component(event),
        first,
        last == null ? first : last);
  }

  private static String component(Event event) {
    if (event.getSource() != null && event.getSource().getComponent() != null) {
      return event.getSource().getComponent();
    }
    return event.getReportingComponent();
  }
}
