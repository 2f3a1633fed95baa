package workqueue.observer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import workqueue.history.HarnessEvent.FinalStateTaken;
import workqueue.history.Recorded;
import workqueue.history.Recorder;
import workqueue.history.Source;

/** The one procedure that takes the final state. */
final class FinalState {
  private static final Duration LOGS = Duration.ofSeconds(30);

  private final Recorder recorder;
  private final Runnable lookAgain;
  private final Consumer<Duration> settleLogs;

  FinalState(Recorder recorder, Runnable lookAgain, Consumer<Duration> settleLogs) {
    this.recorder = recorder;
    this.lookAgain = lookAgain;
    this.settleLogs = settleLogs;
  }

  /**
   * @param samples record what queues hold, each its own failures too
   */
  Recorded<FinalStateTaken> take(List<Runnable> samples) {
    // The depth counts only if it is newer than the Job's end, so that has to be recorded first.
    lookAgain.run();
    ExecutorService side = Executors.newCachedThreadPool();
    try {
      List<CompletableFuture<Void>> asked = new ArrayList<>();
      samples.forEach(sample -> asked.add(CompletableFuture.runAsync(sample, side)));
      settleLogs.accept(LOGS);
      asked.forEach(CompletableFuture::join);
    } finally {
      side.shutdown();
    }
    return recorder.record(
        Source.HARNESS,
        new FinalStateTaken(
            "all listed anew, logs read, %d queues asked".formatted(samples.size())));
  }
}
