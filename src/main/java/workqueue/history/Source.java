package workqueue.history;

import java.util.Locale;

/** Who saw an event; a {@link HarnessEvent.Gap} says which of them lost sight. */
public enum Source {
  /** The harness' own publisher, which knows the broker's confirms. */
  PUBLISHER,
  /** The wire tap between pods and broker. */
  WIRE,
  /** What an API server answers to a guest. */
  API,
  /** The watch on pods and their containers. */
  PODS,
  /** The watch on Jobs. */
  JOBS,
  /** The watch on nodes. */
  NODES,
  /** The watch on the endpoints of Services. */
  ENDPOINTS,
  /** The watch on Kubernetes events. */
  KUBERNETES_EVENTS,
  /** The watch on resource quotas. */
  QUOTAS,
  /** What nodes say that pods use. */
  USE,
  /** What the broker says of its queues, consumers and alarms. */
  BROKER,
  /** The logs of the workers' containers. */
  LOGS,
  /** Look-ups, logins and connections that the harness tried. */
  PROBES,
  /** Faults that the harness injects and heals. */
  FAULTS,
  /** The harness itself. */
  HARNESS;

  /** The name in histories and messages, for example {@code kubernetes-events}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
