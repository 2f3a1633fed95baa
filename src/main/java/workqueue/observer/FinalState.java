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
import workqueue.Counted;
import workqueue.history.ClusterEvent;
import workqueue.history.Event;
import workqueue.history.HarnessEvent.FinalStateTaken;
import workqueue.history.Recorded;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.waiting.Patience;
import workqueue.waiting.WaitedInVain;

/** The one procedure that takes the final state. */
final class FinalState {
  private static final Duration LOGS = Duration.ofSeconds(30);
  private static final Duration DEPTHS = Duration.ofMinutes(1);
  private static final Duration QUIET_WITHIN = Duration.ofSeconds(10);

  private final Recorder recorder;
  private final Runnable lookAgain;
  private final BooleanSupplier workOver;
  private final Consumer<Duration> settleLogs;
  private final Patience patience;

  /**
   * @param lookAgain lists everything again
   * @param workOver whether all Jobs that are known have ended, and their pods with them
   * @param settleLogs reads the workers' logs to their ends
   */
  FinalState(
      Recorder recorder,
      Runnable lookAgain,
      BooleanSupplier workOver,
      Consumer<Duration> settleLogs,
      Patience patience) {
    this.patience = patience;
    this.recorder = recorder;
    this.lookAgain = lookAgain;
    this.workOver = workOver;
    this.settleLogs = settleLogs;
  }

  /** Samples a queue, not earlier than this instant. */
  @FunctionalInterface
  interface Sample {
    void take(String queue, Instant from);
  }

  /**
   * The depth counts only if it is newer than the end of the Jobs, or than the last change in one
   * that goes on: then it is asked again if there was a change meanwhile, though not forever.
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
      boolean over = workOver.getAsBoolean();
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
        awaitAnswers(asked, from);
        boolean wasOver = over;
        over = workOver.getAsBoolean();
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
            "all listed again, logs read, " + Counted.of(queues.size(), "queue") + " asked"));
  }

  private void awaitAnswers(List<CompletableFuture<Void>> asked, Instant from) {
    try {
      patience.await(
          "the depth of " + Counted.of(asked.size(), "queue"),
          DEPTHS,
          CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new)),
          () -> asked.stream().filter(CompletableFuture::isDone).count() + " told");
    } catch (WaitedInVain late) {
      Sights.lost(recorder, Source.BROKER, from, "the depth of queues was not told", late);
    }
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
