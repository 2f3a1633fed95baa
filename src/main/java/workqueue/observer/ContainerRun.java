package workqueue.observer;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run of a container, told from others by the runtime's id of it.
 *
 * <p>A status that waits for a restart still counts and names the run that ended: what waits then
 * is the run after it.
 *
 * @param attempt its number, from 0
 * @param id the runtime's id; empty if it has none
 * @param end how it ended; null if it has not
 */
record ContainerRun(String container, int attempt, String id, ContainerStateTerminated end) {

  /** How many runs came before the one that the status is about. */
  static int attempt(ContainerStatus status) {
    int restarts = restarts(status);
    return isBetweenRuns(status) ? restarts + 1 : restarts;
  }

  /** The runs that the status knows of and that have a log: the last one ended, the one now. */
  static List<ContainerRun> of(ContainerStatus status) {
    List<ContainerRun> runs = new ArrayList<>();
    int now = attempt(status);
    ContainerStateTerminated before = last(status);
    if (before != null && now > 0) {
      runs.add(new ContainerRun(status.getName(), now - 1, text(before.getContainerID()), before));
    }
    ContainerState state = status.getState();
    if (state != null && state.getTerminated() != null) {
      ContainerStateTerminated end = state.getTerminated();
      String id = text(end.getContainerID());
      runs.add(
          new ContainerRun(
              status.getName(), now, id.isEmpty() ? text(status.getContainerID()) : id, end));
    } else if (state != null && state.getRunning() != null) {
      runs.add(new ContainerRun(status.getName(), now, text(status.getContainerID()), null));
    }
    return runs;
  }

  /**
   * Whether the kubelet gives this run's log as that of the previous container; empty if it gives
   * it no more.
   */
  Optional<Boolean> isPrevious(ContainerStatus status) {
    for (ContainerRun run : of(status)) {
      if (run.id.equals(id) && !id.isEmpty()) {
        boolean waits = status.getState() == null || status.getState().getWaiting() != null;
        return Optional.of(run.attempt < attempt(status) && !waits);
      }
    }
    return Optional.empty();
  }

  /** Whether no process ran: then there is no log. */
  boolean neverRan() {
    return end != null
        && (text(end.getReason()).equals("StartError")
            || text(end.getReason()).equals("ContainerCannotRun"));
  }

  static ContainerStateTerminated last(ContainerStatus status) {
    return status.getLastState() == null ? null : status.getLastState().getTerminated();
  }

  private static boolean isBetweenRuns(ContainerStatus status) {
    ContainerStateTerminated last = last(status);
    boolean waits =
        status.getState() == null
            || (status.getState().getRunning() == null
                && status.getState().getTerminated() == null);
    if (!waits || last == null) {
      return false;
    }
    String current = text(status.getContainerID());
    return restarts(status) == 0
        || current.isEmpty()
        || current.equals(text(last.getContainerID()));
  }

  private static int restarts(ContainerStatus status) {
    return status.getRestartCount() == null ? 0 : status.getRestartCount();
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }
}
