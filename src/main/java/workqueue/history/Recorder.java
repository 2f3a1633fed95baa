package workqueue.history;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import workqueue.Secrets;

/** Numbers and dates what observers see; any number of threads may use it. */
public final class Recorder {
  private final Clock clock;
  private final List<Recorded<?>> events = new ArrayList<>();
  private final List<Subscription> subscriptions = new ArrayList<>();
  private final Secrets secrets = new Secrets();

  public Recorder(Clock clock) {
    this.clock = clock;
  }

  /**
   * Appends an event, dated to the microsecond by the recorder's clock, and without the passwords
   * that are known.
   */
  public synchronized <E extends Event> Recorded<E> record(Source source, E event) {
    @SuppressWarnings("unchecked") // an event cleaned is one of its own kind
    E clean = (E) event.cleaned(secrets::redact);
    Recorded<E> recorded = new Recorded<>(events.size() + 1L, now(), source, clean);
    events.add(recorded);
    List.copyOf(subscriptions).forEach(each -> each.tell(recorded));
    return recorded;
  }

  /** What an event would be dated that is recorded now. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** The passwords that nobody is to print; whoever records what was printed asks it. */
  public Secrets secrets() {
    return secrets;
  }

  /** All that was recorded so far; what comes later does not change it. */
  public synchronized History history(Header header) {
    return new History(header, events);
  }

  /**
   * Tells the listener all that was recorded so far and then each event as it is recorded, in
   * order. The listener must be quick: recorders wait for it. One that throws is told no more, and
   * closing its subscription throws what it threw.
   */
  public synchronized Subscription subscribe(Consumer<Recorded<?>> listener) {
    Subscription subscription = new Subscription(listener);
    subscriptions.add(subscription);
    List.copyOf(events).forEach(subscription::tell);
    return subscription;
  }

  private synchronized void remove(Subscription subscription) {
    subscriptions.remove(subscription);
  }

  /** A listener's hold on the record, until it is closed. */
  public final class Subscription implements AutoCloseable {
    private final Consumer<Recorded<?>> listener;
    private RuntimeException failure;

    private Subscription(Consumer<Recorded<?>> listener) {
      this.listener = listener;
    }

    private void tell(Recorded<?> event) {
      if (failure != null) {
        return;
      }
      try {
        listener.accept(event);
      } catch (RuntimeException thrown) {
        failure = thrown;
      }
    }

    @Override
    public void close() {
      remove(this);
      if (failure != null) {
        throw failure;
      }
    }
  }
}
