package workqueue.fault;

import java.util.Locale;

/** What a fault does; histories and claims know it by its {@link #word()}. */
public enum Kind {
  KILL_CONTAINER,
  DELETE_POD,
  EVICT_POD,
  DRAIN_NODE,
  STOP_NODE,
  KILL_NODE,
  FREEZE_KUBELET,
  RESTART_KUBELET,
  API_SERVER_AWAY,
  STOP_BROKER,
  KILL_BROKER,
  PAUSE_BROKER,
  DELETE_BROKER_POD,
  DROP_CONNECTIONS,
  BROKER_ABSENT,
  ENDPOINTS_REMOVED,
  MEMORY_ALARM,
  DELETE_QUEUE,
  PURGE_QUEUE,
  SILENCE,
  PARTITION,
  DELAY,
  RESET_CONNECTIONS;

  /** For example {@code kill-container}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
