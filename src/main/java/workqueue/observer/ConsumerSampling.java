package workqueue.observer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import workqueue.history.BrokerEvent.Consumer;
import workqueue.history.BrokerEvent.QueueConsumers;
import workqueue.history.Recorder;
import workqueue.history.Source;

/** Looks at the consumers of a queue each second, until it is closed; changes are recorded. */
final class ConsumerSampling implements BrokerWatch.Sampling {
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final String queue;
  private final Recorder recorder;
  private final Supplier<Optional<List<Consumer>>> list;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(ConsumerSampling::thread);
  private List<Consumer> last = List.of();

  /**
   * @param list the consumers as they are now; empty if they cannot be listed
   */
  ConsumerSampling(String queue, Recorder recorder, Supplier<Optional<List<Consumer>>> list) {
    this.queue = queue;
    this.recorder = recorder;
    this.list = list;
  }

  // The future fails with the task, and the task catches what can fail.
  @SuppressWarnings("FutureReturnValueIgnored")
  ConsumerSampling start() {
    clock.scheduleWithFixedDelay(this::sample, 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  synchronized void sample() {
    Instant from = recorder.now();
    try {
      Optional<List<Consumer>> now = list.get();
      if (now.isPresent() && !now.get().equals(last)) {
        last = now.get();
        recorder.record(Source.BROKER, new QueueConsumers(queue, last, from));
      }
    } catch (RuntimeException unseen) {
      // Nothing is claimed of what was not seen: who is listed is evidence, who is not is none.
    }
  }

  @Override
  public void close() {
    clock.shutdown();
    // A look that is under way ends first: it holds the lock.
    synchronized (this) {
      last = List.of();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "queue-consumers");
    thread.setDaemon(true);
    return thread;
  }
}
