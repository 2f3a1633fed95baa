package workqueue.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the administration of a broker counts in a queue, and by what rules it keeps it.
 *
 * @param delivered all deliveries, again or for the first time, acked or not
 * @param deliveredUnasked deliveries that needed no ack
 * @param consumers those of the queue
 * @param memoryAlarm whether a node of the broker has one
 * @param diskAlarm whether a node of the broker has one
 * @param arguments that it was declared with, as text
 * @param policy the name of that which holds for it; empty if there is none
 * @param definition of all policies that hold for it, as text
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
    Map<String, String> arguments,
    String policy,
    Map<String, String> definition,
    Duration age) {

  public QueueFigures {
    consumers = List.copyOf(consumers);
    arguments = Map.copyOf(arguments);
    definition = Map.copyOf(definition);
  }

  /**
   * One consumer.
   *
   * @param prefetch 0 if unlimited
   * @param peer the address its connection comes from, empty if not known
   */
  public record Consumer(String tag, String channel, int prefetch, boolean acks, String peer) {}
}
