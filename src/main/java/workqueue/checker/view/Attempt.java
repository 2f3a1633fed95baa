package workqueue.checker.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.Kind;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.Recorded;
import workqueue.history.Termination;
import workqueue.history.WorkerEvent.LogComplete;
import workqueue.history.WorkerEvent.LogLine;

/** One run of a container, put together from what was seen of it. */
public final class Attempt {
  private static final Set<String> STARTING = Set.of("", "ContainerCreating", "PodInitializing");

  public final PodView pod;
  public final String container;
  public final int number;
  private final List<Recorded<LogLine>> lines = new ArrayList<>();
  private Recorded<ContainerState> lastState;
  private Recorded<LogComplete> complete;
  private Instant firstSeenAt;
  private Instant startedAt;
  private Termination end;
  private long endSeq;
  private Instant endSeenAt;

  Attempt(PodView pod, String container, int number) {
    this.pod = pod;
    this.container = container;
    this.number = number;
  }

  void see(Recorded<ContainerState> recorded) {
    ContainerState state = recorded.event();
    lastState = recorded;
    seen(recorded.at());
    if (state.startedAt() != null) {
      startedAt = state.startedAt();
    }
    if (state.state() == Running.TERMINATED && state.exitCode() != null) {
      seeEnd(
          new Termination(
              state.exitCode(),
              state.reason(),
              state.message(),
              state.startedAt(),
              state.finishedAt()),
          recorded.seq(),
          recorded.at());
    }
  }

  /** When it was first seen, by the harness' clock; as early as can be if only its log was. */
  public Instant firstSeenAt() {
    return firstSeenAt == null ? Instant.MIN : firstSeenAt;
  }

  private void seen(Instant at) {
    firstSeenAt = firstSeenAt == null ? at : firstSeenAt;
  }

  void seeEnd(Termination termination, long seq, Instant at) {
    if (end == null) {
      end = termination;
      endSeq = seq;
      endSeenAt = at;
    }
    if (termination.startedAt() != null) {
      startedAt = termination.startedAt();
    }
  }

  void seeAll(Recorded<LogComplete> recorded) {
    complete = recorded;
  }

  void add(Recorded<LogLine> line) {
    lines.add(line);
  }

  public List<Recorded<LogLine>> lines() {
    return lines;
  }

  public Optional<Instant> startedAt() {
    return Optional.ofNullable(startedAt);
  }

  public Optional<Termination> end() {
    return Optional.ofNullable(end);
  }

  /** The event that showed its end; 0 if none did. */
  public long endSeq() {
    return endSeq;
  }

  /** When its end was first seen, by the harness' clock. */
  public Optional<Instant> endSeenAt() {
    return Optional.ofNullable(endSeenAt);
  }

  /** Whether its pod was to go before its end was seen. */
  public boolean endedOnceDeleted() {
    return endSeenAt != null
        && pod.deletionSeenAt().map(seen -> !seen.isAfter(endSeenAt)).orElse(false);
  }

  public Optional<Recorded<ContainerState>> lastState() {
    return Optional.ofNullable(lastState);
  }

  public boolean succeeded() {
    return end != null && end.exitCode() == 0;
  }

  public boolean failed() {
    return end != null && end.exitCode() != 0;
  }

  /** Whether a process ran: it may have printed something. */
  public boolean began() {
    return startedAt != null && !(failed() && neverRan(end.reason()));
  }

  /** Whether it was about to begin when it was seen last, or its end is not known. */
  boolean mayHaveBegunUnseen() {
    if (startedAt != null) {
      return false;
    }
    return end == null
        ? lastState == null || STARTING.contains(lastState.event().reason())
        : lostSightOf();
  }

  /** Whether its kubelet knows no more of it than that it is not there. */
  public boolean lostSightOf() {
    return end != null && end.reason().equals("ContainerStatusUnknown");
  }

  /** Whether it runs, as far as was seen last. */
  public boolean running() {
    return end == null && lastState != null && lastState.event().state() == Running.RUNNING;
  }

  /** Whether it waits to be made or to run, as far as was seen last. */
  public boolean waits() {
    return end == null && lastState != null && lastState.event().state() == Running.WAITING;
  }

  /** Whether it waits, and this is why. */
  public boolean waitsFor(String reason) {
    return lastState != null
        && lastState.event().state() == Running.WAITING
        && lastState.event().reason().equals(reason);
  }

  /** Whether it waits for nothing but that it is made. */
  public boolean isBeingMade() {
    return waits() && STARTING.contains(lastState.event().reason());
  }

  /** Whether it has to end before the pod's other containers begin. */
  public boolean isInit() {
    return kind() == Kind.INIT;
  }

  /** Whether its pod is over only when it is; each container where that was not recorded. */
  public boolean isOrdinary() {
    return kind() == Kind.ORDINARY;
  }

  private Kind kind() {
    return lastState == null ? Kind.ORDINARY : lastState.event().kind();
  }

  public boolean logComplete() {
    return complete != null && complete.event().lines() <= lines.size();
  }

  private static boolean neverRan(String reason) {
    return reason.equals("StartError")
        || reason.equals("ContainerCannotRun")
        || reason.equals("RunContainerError");
  }

  @Override
  public String toString() {
    return number == 0 ? pod.ref.name() : pod.ref.name() + " (attempt " + number + ")";
  }
}
