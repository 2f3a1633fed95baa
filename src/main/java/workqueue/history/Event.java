package workqueue.history;

import java.util.function.UnaryOperator;

/**
 * One thing that was observed; when, in which order and by whom is told by {@link Recorded}.
 *
 * <p>Throughout, an empty string or list means "none", and a null number or instant "not known".
 */
public sealed interface Event
    permits ApiEvent, BrokerEvent, WireEvent, ClusterEvent, WorkerEvent, HarnessEvent {

  /** The same, cleaned where it holds text that whoever runs in the cluster may have written. */
  default Event cleaned(UnaryOperator<String> cleaning) {
    return this;
  }
}
