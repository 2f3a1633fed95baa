package workqueue.observer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import workqueue.broker.Amqp;
import workqueue.broker.Depth;
import workqueue.history.BrokerEvent.Asked;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.Recorder;
import workqueue.history.Source;

/**
 * Looks at a queue several times a second, until it is closed. A depth is recorded when it has
 * changed, when a worker has, for then it counts from when it is asked, and now and then.
 */
final class DepthSampling implements BrokerWatch.Sampling {
  private static final Duration BETWEEN = Duration.ofMillis(300);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final String queue;
  private final Recorder recorder;
  private final Amqp.Peeks peeks;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(DepthSampling::thread);
  private Optional<Depth> last;
  private final AtomicBoolean workersChanged = new AtomicBoolean();
  private final Recorder.Subscription changes;
  private Instant recordedAt = Instant.MIN;
  private Instant sighted;
  private String blind = "";

  DepthSampling(String queue, Recorder recorder, Amqp.Peeks peeks) {
    this.queue = queue;
    this.recorder = recorder;
    this.peeks = peeks;
    this.sighted = recorder.now();
    this.changes =
        recorder.subscribe(
            event -> {
              if (FinalState.isOfWorkers(event.event())) {
                workersChanged.set(true);
              }
            });
  }

  // The future fails with the task, and the task catches what can fail.
  @SuppressWarnings("FutureReturnValueIgnored")
  DepthSampling start() {
    clock.scheduleWithFixedDelay(this::sample, 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  synchronized void sample() {
    boolean news = workersChanged.getAndSet(false);
    Instant from = recorder.now();
    try {
      Optional<Depth> depth = peeks.at(queue);
      endBlindness();
      sighted = from;
      if (news || !depth.equals(last) || !from.isBefore(recordedAt.plus(HEARTBEAT))) {
        recorder.record(Source.BROKER, event(queue, depth, from));
        recordedAt = from;
        last = depth;
      }
    } catch (RuntimeException failure) {
      blind = Sights.words(failure);
      workersChanged.compareAndSet(false, news);
    }
  }

  static QueueDepth event(String queue, Optional<Depth> depth, Instant sampledAt) {
    return new QueueDepth(
        queue,
        depth.isPresent(),
        depth.map(each -> BrokerWatch.number(each.ready())).orElse(null),
        depth.map(each -> BrokerWatch.number(each.unacked())).orElse(null),
        depth.map(each -> BrokerWatch.number(each.consumers())).orElse(null),
        Asked.AMQP,
        sampledAt,
        depth.map(each -> BrokerWatch.number(each.total())).orElse(null));
  }

  private void endBlindness() {
    if (!blind.isEmpty()) {
      Sights.lost(
          recorder, Source.BROKER, sighted, "the queue " + queue + " was out of sight: " + blind);
      blind = "";
    }
  }

  @Override
  public void close() {
    clock.shutdown();
    changes.close();
    // A look that is under way ends first: it holds the lock.
    synchronized (this) {
      endBlindness();
      peeks.close();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "queue-depth");
    thread.setDaemon(true);
    return thread;
  }
}
