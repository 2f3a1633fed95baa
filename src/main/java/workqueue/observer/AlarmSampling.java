package workqueue.observer;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at a broker's alarms each second, until it is closed. */
final class AlarmSampling implements BrokerWatch.Sampling {
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final Runnable look;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(AlarmSampling::thread);

  AlarmSampling(Runnable look) {
    this.look = look;
  }

  // The future fails with the task, and the task catches what can fail.
  @SuppressWarnings("FutureReturnValueIgnored")
  AlarmSampling start() {
    clock.scheduleWithFixedDelay(this::sample, 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private synchronized void sample() {
    try {
      look.run();
    } catch (RuntimeException away) {
      // That the broker is away is told by those who look at its queues.
    }
  }

  @Override
  public void close() {
    // A look that is under way ends first: it holds the lock.
    synchronized (this) {
      clock.shutdownNow();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "broker-alarms");
    thread.setDaemon(true);
    return thread;
  }
}
