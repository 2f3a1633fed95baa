package workqueue.broker;

import java.time.Duration;
import java.util.List;

/**
 * What the administration of a broker counts in a queue.
 *
 * @param delivered all deliveries, again or for the first time, acked or not
 * @param deliveredUnasked deliveries that needed no ack
 * @param consumers those of the queue
 * @param memoryAlarm whether a node of the broker has one
 * @param diskAlarm whether a node of the broker has one
 * @param age how old all of this is at most
 */
public record QueueFigures(
    long published,
    long delivered,
    long deliveredUnasked,
    long redelivered,
    long acked,
    List<Consumer> consumers,
    boolean memoryAlarm,
    boolean diskAlarm,
    Duration age) {

  public QueueFigures {
    consumers = List.copyOf(consumers);
  }

  /**
   * One consumer.
   *
   * @param prefetch 0 if unlimited
   * @param peer the address its connection comes from, empty if not known
   */
  public record Consumer(String tag, String channel, int prefetch, boolean acks, String peer) {}
}
