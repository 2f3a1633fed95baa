package workqueue.observer;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks at something of a broker each second, until it is closed. That the broker is away is told
 * by those who look at its queues.
 */
final class EachSecond implements BrokerWatch.Sampling {
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final Runnable look;
  private final ScheduledExecutorService clock;

  /**
   * @param what is looked at, for the name of the thread
   */
  EachSecond(String what, Runnable look) {
    this.look = look;
    this.clock = Executors.newSingleThreadScheduledExecutor(work -> thread(what, work));
  }

  // The future fails with the task, and the task catches what can fail.
  @SuppressWarnings("FutureReturnValueIgnored")
  EachSecond start() {
    clock.scheduleWithFixedDelay(this::sample, 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private synchronized void sample() {
    try {
      look.run();
    } catch (RuntimeException away) {
      // It may be seen the next time.
    }
  }

  @Override
  public void close() {
    // A look that is under way ends first: it holds the lock.
    synchronized (this) {
      clock.shutdownNow();
    }
  }

  private static Thread thread(String what, Runnable work) {
    Thread thread = new Thread(work, what);
    thread.setDaemon(true);
    return thread;
  }
}
