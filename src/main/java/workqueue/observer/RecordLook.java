package workqueue.observer;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import workqueue.history.ClusterEvent.JobDeleted;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.Recorded;
import workqueue.history.Recorder;
import workqueue.waiting.Sight;

/**
 * Looks at the record when something new is in it, at once when a Job ended or was deleted, and now
 * and then for what time decides.
 */
final class RecordLook<T> implements Callable<Sight<T>>, AutoCloseable {
  private static final Duration AT_LEAST_EVERY = Duration.ofMillis(500);
  private static final Duration AT_MOST_RESTS = Duration.ofSeconds(1);
  private static final int REST = 10;

  private final Recorder recorder;
  private final Header header;
  private final Function<History, Sight<T>> look;
  private final LongSupplier nanoTime;
  private final AtomicLong recorded = new AtomicLong();
  private final AtomicBoolean jobOver = new AtomicBoolean();
  private final Recorder.Subscription subscription;
  private Sight<T> last;
  private long lookedAt;
  private long rest;
  private long ended;

  RecordLook(Recorder recorder, Header header, Function<History, Sight<T>> look) {
    this(recorder, header, look, System::nanoTime);
  }

  RecordLook(
      Recorder recorder, Header header, Function<History, Sight<T>> look, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.recorder = recorder;
    this.header = header;
    this.look = look;
    this.subscription = recorder.subscribe(this::hear);
  }

  private void hear(Recorded<?> event) {
    recorded.set(event.seq());
    if (event.event() instanceof JobDeleted
        || (event.event() instanceof JobState job && job.over())) {
      jobOver.set(true);
    }
  }

  /**
   * A look at a long record costs something: it rests ten times as long as that took, though no
   * more than a second, unless a Job is over.
   */
  @Override
  public Sight<T> call() {
    long now = nanoTime.getAsLong();
    boolean over = jobOver.getAndSet(false);
    long known = recorded.get();
    boolean due =
        last == null
            || over
            || (known != lookedAt && now - ended >= rest)
            || now - ended >= Math.max(AT_LEAST_EVERY.toNanos(), rest);
    if (due) {
      last = look.apply(recorder.history(header));
      lookedAt = known;
      ended = nanoTime.getAsLong();
      rest = Math.min(REST * (ended - now), AT_MOST_RESTS.toNanos());
    }
    return last;
  }

  @Override
  public void close() {
    subscription.close();
  }
}
