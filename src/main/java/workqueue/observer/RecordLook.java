package workqueue.observer;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.Recorder;
import workqueue.waiting.Sight;

/** Looks at the record when something new is in it, and now and then for what time decides. */
final class RecordLook<T> implements Callable<Sight<T>>, AutoCloseable {
  private static final Duration AT_LEAST_EVERY = Duration.ofMillis(500);
  private static final int REST = 10;

  private final Recorder recorder;
  private final Header header;
  private final Function<History, Sight<T>> look;
  private final AtomicLong recorded = new AtomicLong();
  private final Recorder.Subscription subscription;
  private Sight<T> last;
  private long lookedAt;
  private long tookNanos;
  private long ended;

  RecordLook(Recorder recorder, Header header, Function<History, Sight<T>> look) {
    this.recorder = recorder;
    this.header = header;
    this.look = look;
    this.subscription = recorder.subscribe(event -> recorded.set(event.seq()));
  }

  /** A look at a long record costs something: it rests ten times as long as that took. */
  @Override
  public Sight<T> call() {
    long now = System.nanoTime();
    long known = recorded.get();
    boolean due =
        last == null
            || (known != lookedAt && now - ended >= REST * tookNanos)
            || now - ended >= Math.max(AT_LEAST_EVERY.toNanos(), REST * tookNanos);
    if (due) {
      last = look.apply(recorder.history(header));
      lookedAt = known;
      ended = System.nanoTime();
      tookNanos = ended - now;
    }
    return last;
  }

  @Override
  public void close() {
    subscription.close();
  }
}
