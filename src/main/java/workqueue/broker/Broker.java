package workqueue.broker;

import java.util.Optional;
import workqueue.configuration.BrokerUrl;

/** The broker as one scenario sees it: a vhost, and the Service that leads pods to it. */
public interface Broker extends AutoCloseable {
  /** The name under which the documented procedure reaches the broker. */
  String SERVICE = "rabbitmq-service";

  BrokerFacts facts();

  /** From this JVM. */
  Amqp amqp();

  /** What workers get as {@code BROKER_URL}. */
  BrokerUrl forPods();

  /**
   * The depth of a queue, asked of the queue's own process: live, unacked messages included.
   *
   * @throws workqueue.EnvironmentTrouble if there is no such queue or no way to ask
   */
  Depth depth(String queue);

  /** What the management API tells of a queue; empty where there is none, or no such queue. */
  default Optional<QueueFigures> figures(String queue) {
    return Optional.empty();
  }

  /**
   * How many of the queue's messages outlive the broker; {@link Depth#UNKNOWN} where there is no
   * way to ask.
   */
  default long persistent(String queue) {
    return Depth.UNKNOWN;
  }

  @Override
  void close();
}
