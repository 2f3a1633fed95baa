package workqueue.history;

/**
 * One thing that was observed; when, in which order and by whom is told by {@link Recorded}.
 *
 * <p>Throughout, an empty string or list means "none", and a null number or instant "not known".
 */
public sealed interface Event
    permits BrokerEvent, WireEvent, ClusterEvent, WorkerEvent, HarnessEvent {}
