package workqueue.observer;

import java.time.Instant;
import workqueue.broker.Broker;
import workqueue.broker.Depth;
import workqueue.history.BrokerEvent.Asked;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.Recorder;
import workqueue.history.Source;

/** What a broker's queues hold, as events. */
public final class BrokerWatch {
  private final Broker broker;
  private final Recorder recorder;

  public BrokerWatch(Broker broker, Recorder recorder) {
    this.broker = broker;
    this.recorder = recorder;
  }

  /**
   * Records what the queue holds, unacked messages included where the broker can tell; what cannot
   * be asked is recorded as a gap. Dear: up to 8 s under the documented CPU limit.
   */
  public void sampleExactly(String queue) {
    Instant from = recorder.now();
    try {
      QueueDepth sample =
          broker.amqp().peek(queue).isEmpty()
              ? new QueueDepth(queue, false, null, null, null, Asked.AMQP, from)
              : exact(queue, broker.depth(queue), from);
      recorder.record(Source.BROKER, sample);
    } catch (RuntimeException failure) {
      Sights.lost(
          recorder, Source.BROKER, from, "the depth of " + queue + " cannot be asked", failure);
    }
  }

  // Dated before it was asked: whatever happened by then is in it.
  private static QueueDepth exact(String queue, Depth depth, Instant from) {
    Integer unacked = number(depth.unacked());
    return new QueueDepth(
        queue,
        true,
        number(depth.ready()),
        unacked,
        number(depth.consumers()),
        unacked == null ? Asked.AMQP : Asked.CTL,
        from);
  }

  static Integer number(long count) {
    return count == Depth.UNKNOWN ? null : Math.toIntExact(count);
  }
}
