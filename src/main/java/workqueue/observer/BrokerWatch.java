package workqueue.observer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import workqueue.Counted;
import workqueue.broker.Broker;
import workqueue.broker.Depth;
import workqueue.broker.QueueFigures;
import workqueue.history.BrokerEvent.Alarm;
import workqueue.history.BrokerEvent.Asked;
import workqueue.history.BrokerEvent.BrokerAlarm;
import workqueue.history.BrokerEvent.BrokerCounters;
import workqueue.history.BrokerEvent.Consumer;
import workqueue.history.BrokerEvent.QueueArguments;
import workqueue.history.BrokerEvent.QueueConsumers;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.BrokerEvent.QueuePolicy;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;

/** What a broker's queues hold, as events; looking takes nothing out of a queue. */
public final class BrokerWatch {
  private static final Duration FIGURES = Duration.ofSeconds(15);

  /** A broker on a busy machine counts later than it is told to. */
  private static final Duration DOUBT = Duration.ofSeconds(8);

  private final Broker broker;
  private final Recorder recorder;
  private final boolean counting;
  private final List<Alarm> raised = new ArrayList<>();
  private final Changes rules;

  public BrokerWatch(Broker broker, Recorder recorder) {
    this(broker, recorder, false);
  }

  private BrokerWatch(Broker broker, Recorder recorder, boolean counting) {
    this.broker = broker;
    this.recorder = recorder;
    this.counting = counting;
    this.rules = new Changes(recorder);
  }

  /** Goes on until it is closed. */
  public interface Sampling extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * The same watch, with the broker's own counters, consumers and alarms in the final state. They
   * lag behind: a final state that waits for them takes 2.2 s at least.
   */
  public BrokerWatch counting() {
    return new BrokerWatch(broker, recorder, true);
  }

  /**
   * Samples how many messages are ready in the queue and how many consumers it has, several times a
   * second until what is returned is closed; changes are recorded, and a sample every 5 s.
   */
  public Sampling sampling(String queue) {
    return new DepthSampling(queue, recorder, broker.amqp().peeks()).start();
  }

  /**
   * Samples the queue's consumers each second until what is returned is closed, where the broker
   * lists them; changes are recorded.
   */
  public Sampling samplingConsumers(String queue) {
    AtomicReference<List<Consumer>> last = new AtomicReference<>(List.of());
    return new EachSecond("queue-consumers", () -> sampleConsumers(queue, last)).start();
  }

  /** Who is listed is evidence; who is not is none, so that a look in vain says nothing. */
  private void sampleConsumers(String queue, AtomicReference<List<Consumer>> last) {
    Instant from = recorder.now();
    broker
        .consumers(queue)
        .map(all -> all.stream().map(BrokerWatch::consumer).toList())
        .filter(now -> !now.equals(last.getAndSet(now)))
        .ifPresent(now -> recorder.record(Source.BROKER, new QueueConsumers(queue, now, from)));
  }

  /** Samples the broker's alarms each second until what is returned is closed. */
  public Sampling samplingAlarms() {
    return new EachSecond("broker-alarms", this::sampleAlarms).start();
  }

  /** Records an alarm that was raised since the last look, or is over. */
  void sampleAlarms() {
    Broker.Alarms now = broker.alarms();
    tell(Alarm.MEMORY, now.memory());
    tell(Alarm.DISK, now.disk());
  }

  /**
   * Records what the queue holds, unacked messages included where the broker can tell; what cannot
   * be asked is recorded as a gap. It costs the queue's process a moment, and the first time a
   * broker is asked up to 8 s.
   */
  public void sampleExactly(String queue) {
    exactly(queue);
  }

  private Optional<Depth> exactly(String queue) {
    Instant from = recorder.now();
    try {
      Depth depth = broker.depth(queue);
      recorder.record(Source.BROKER, exact(queue, depth, from));
      return Optional.of(depth);
    } catch (RuntimeException failure) {
      sampleMissing(queue, from, failure);
      return Optional.empty();
    }
  }

  /**
   * Records counters, consumers and alarms as the management API tells them, if the broker has one.
   *
   * @param newerThan they are waited for until they are newer
   */
  public void sampleFigures(String queue, Instant newerThan, Patience patience) {
    sampleFigures(queue, newerThan, Optional.empty(), patience);
  }

  /**
   * @param depth what the queue holds; where acks do not account for what it lacks, the counters
   *     get some time to, before they are taken as they are
   */
  private void sampleFigures(
      String queue, Instant newerThan, Optional<Depth> depth, Patience patience) {
    try {
      patience.await(
          "the broker's counters",
          FIGURES,
          () -> {
            Instant now = recorder.now();
            Optional<QueueFigures> figures = broker.figures(queue);
            if (figures.isEmpty()) {
              return Sight.found(false);
            }
            Instant sampledAt = now.minus(figures.get().age());
            if (sampledAt.isBefore(newerThan)) {
              return Sight.<Boolean>notYet("they are of " + sampledAt);
            }
            if (depth.map(each -> lacks(figures.get(), each)).orElse(false)
                && sampledAt.isBefore(newerThan.plus(DOUBT))) {
              return Sight.<Boolean>notYet(
                  "%s of %s"
                      .formatted(
                          Counted.of(figures.get().acked(), "ack"),
                          Counted.of(figures.get().published(), "message")));
            }
            record(queue, figures.get(), sampledAt);
            return Sight.found(true);
          });
    } catch (RuntimeException failure) {
      Sights.lost(
          recorder, Source.BROKER, newerThan, "the counters of " + queue + " are unknown", failure);
    }
  }

  /**
   * Whether messages are gone and neither acked nor given away without: rejected, or not counted.
   */
  private static boolean lacks(QueueFigures figures, Depth depth) {
    return depth.unacked() != Depth.UNKNOWN
        && figures.published()
            > figures.acked() + figures.deliveredUnasked() + depth.ready() + depth.unacked();
  }

  /** What the final state needs of the queue. */
  void sampleFinally(String queue, Instant from, Patience patience) {
    Optional<Depth> depth = exactly(queue);
    if (counting) {
      sampleFigures(queue, from, depth, patience);
    }
  }

  private void sampleMissing(String queue, Instant from, RuntimeException failure) {
    try {
      if (broker.amqp().peek(queue).isEmpty()) {
        recorder.record(Source.BROKER, DepthSampling.event(queue, Optional.empty(), from));
        return;
      }
    } catch (RuntimeException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
    Sights.lost(
        recorder, Source.BROKER, from, "the depth of " + queue + " cannot be asked", failure);
  }

  private void record(String queue, QueueFigures figures, Instant sampledAt) {
    recorder.record(
        Source.BROKER,
        new BrokerCounters(
            queue,
            figures.published(),
            figures.delivered(),
            figures.deliveredUnasked(),
            figures.redelivered(),
            figures.acked(),
            sampledAt));
    recorder.record(
        Source.BROKER,
        new QueueConsumers(
            queue, figures.consumers().stream().map(BrokerWatch::consumer).toList(), sampledAt));
    if (!figures.arguments().isEmpty()) {
      rules.see(Source.BROKER, queue, new QueueArguments(queue, figures.arguments()));
    }
    if (!figures.definition().isEmpty()) {
      rules.see(
          Source.BROKER,
          queue + " by policy",
          new QueuePolicy(queue, figures.policy(), figures.definition()));
    }
    tell(Alarm.MEMORY, figures.memoryAlarm());
    tell(Alarm.DISK, figures.diskAlarm());
  }

  private synchronized void tell(Alarm alarm, boolean now) {
    if (now && !raised.contains(alarm)) {
      raised.add(alarm);
      recorder.record(Source.BROKER, new BrokerAlarm(alarm, true, ""));
    } else if (!now && raised.remove(alarm)) {
      recorder.record(Source.BROKER, new BrokerAlarm(alarm, false, ""));
    }
  }

  private static Consumer consumer(QueueFigures.Consumer each) {
    // Pods behind a throwaway node share its address: which pod it is can not be told from it.
    return new Consumer(
        each.tag(), each.channel(), each.prefetch(), each.acks(), null, each.peer(), "");
  }

  // Dated before it was asked: whatever happened by then is in it.
  static QueueDepth exact(String queue, Depth depth, Instant from) {
    Integer unacked = number(depth.unacked());
    return new QueueDepth(
        queue,
        true,
        number(depth.ready()),
        unacked,
        number(depth.consumers()),
        unacked == null || depth.total() != Depth.UNKNOWN ? Asked.AMQP : Asked.CTL,
        from,
        number(depth.total()));
  }

  static Integer number(long count) {
    return count == Depth.UNKNOWN ? null : Math.toIntExact(count);
  }
}
