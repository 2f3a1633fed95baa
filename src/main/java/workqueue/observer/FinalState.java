package workqueue.observer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import workqueue.history.ClusterEvent;
import workqueue.history.Event;
import workqueue.history.HarnessEvent.FinalStateTaken;
import workqueue.history.Recorded;
import workqueue.history.Recorder;
import workqueue.history.Source;

/** The one procedure that takes the final state. */
final class FinalState {
  private static final Duration LOGS = Duration.ofSeconds(30);
  private static final Duration QUIET_WITHIN = Duration.ofSeconds(10);

  private final Recorder recorder;
  private final Runnable lookAgain;
  private final BooleanSupplier jobsOver;
  private final Consumer<Duration> settleLogs;

  /**
   * @param lookAgain lists everything again
   * @param jobsOver whether all Jobs that are known have ended
   * @param settleLogs reads the workers' logs to their ends
   */
  FinalState(
      Recorder recorder,
      Runnable lookAgain,
      BooleanSupplier jobsOver,
      Consumer<Duration> settleLogs) {
    this.recorder = recorder;
    this.lookAgain = lookAgain;
    this.jobsOver = jobsOver;
    this.settleLogs = settleLogs;
  }

  /** Samples a queue, not earlier than this instant. */
  @FunctionalInterface
  interface Sample {
    void take(String queue, Instant from);
  }

  /**
   * The depth counts only if it is newer than the end of the Jobs, or than the last change in one
   * that goes on: then it is asked again if there was a change meanwhile, though not for ever.
   */
  Recorded<FinalStateTaken> take(Collection<String> queues, Sample sample) {
    AtomicReference<Instant> changed = new AtomicReference<>(Instant.MIN);
    Recorder.Subscription subscription =
        recorder.subscribe(
            event -> {
              if (isOfWorkers(event.event())) {
                changed.set(event.at());
              }
            });
    ExecutorService side = Executors.newCachedThreadPool();
    try {
      boolean over = jobsOver.getAsBoolean();
      if (!over) {
        lookAgain.run();
      }
      Instant last = recorder.now().plus(QUIET_WITHIN);
      boolean settled = false;
      while (!settled) {
        Instant from = recorder.now();
        List<CompletableFuture<Void>> asked = new ArrayList<>();
        queues.forEach(
            queue -> asked.add(CompletableFuture.runAsync(() -> sample.take(queue, from), side)));
        lookAgain.run();
        settleLogs.accept(LOGS);
        asked.forEach(CompletableFuture::join);
        boolean wasOver = over;
        over = jobsOver.getAsBoolean();
        settled =
            queues.isEmpty()
                || (wasOver && over)
                || !changed.get().isAfter(from)
                || !from.isBefore(last);
      }
    } finally {
      side.shutdown();
      subscription.close();
    }
    return recorder.record(
        Source.HARNESS,
        new FinalStateTaken(
            "all listed again, logs read, %d queues asked".formatted(queues.size())));
  }

  /** Whether it tells of the Jobs or of their pods. */
  static boolean isOfWorkers(Event event) {
    if (event instanceof ClusterEvent.PodState pod) {
      return !pod.jobUid().isEmpty();
    }
    return event instanceof ClusterEvent.ContainerState
        || event instanceof ClusterEvent.PodGone
        || event instanceof ClusterEvent.JobState;
  }
}
