package workqueue.broker;

import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workqueue.EnvironmentTrouble;
import workqueue.configuration.BrokerUrl;
import workqueue.configuration.QueueContract;

/** The broker as one scenario sees it: a vhost, and the Service that leads pods to it. */
public interface Broker extends AutoCloseable {
  /** The Service by which the documented procedure reaches the broker. */
  String SERVICE = "rabbitmq-service";

  BrokerFacts facts();

  /** From this JVM. */
  Amqp amqp();

  /** Declares a queue for workers, with these arguments besides. */
  default void declare(String queue, boolean durable, Map<String, Object> arguments) {
    amqp().declare(queue, durable, arguments);
  }

  /** Binds a queue to the exchange that feeds it, which is declared. */
  default void bind(String queue, QueueContract.Feed feed) {
    amqp().bind(queue, feed);
  }

  /** What workers get as {@code BROKER_URL}. */
  BrokerUrl forPods();

  /** The Service that leads pods to it. */
  default String service() {
    return forPods().host();
  }

  /** Whether pods reach it through the Service {@link #SERVICE}. */
  default boolean isBehindService() {
    return true;
  }

  /** What pods need besides {@link #forPods()} to reach it: nothing, unless the broker says so. */
  default PodSpec reachedBy(PodSpec pod) {
    return pod;
  }

  /**
   * The depth of a queue, live: where the broker has a way for that, unacked messages included.
   *
   * @throws workqueue.EnvironmentTrouble if there is no such queue or no way to ask
   */
  default Depth depth(String queue) {
    return amqp()
        .peek(queue)
        .orElseThrow(() -> new EnvironmentTrouble("The broker has no queue " + queue + "."));
  }

  /** What the management API tells of a queue; empty where there is none, or no such queue. */
  default Optional<QueueFigures> figures(String queue) {
    return Optional.empty();
  }

  /**
   * The consumers of a queue, as the management API lists them now; empty where there is none that
   * could be asked often, or no such queue.
   */
  default Optional<List<QueueFigures.Consumer>> consumers(String queue) {
    return Optional.empty();
  }

  /**
   * The alarms that are raised now.
   *
   * @param memory publishers are held back because it uses more memory than it may
   * @param disk publishers are held back because its disk is nearly full
   */
  record Alarms(boolean memory, boolean disk) {}

  /** The alarms as the management API tells them; none where there is no such API. */
  default Alarms alarms() {
    return new Alarms(false, false);
  }

  /**
   * How many of the queue's messages outlive the broker; {@link Depth#UNKNOWN} where there is no
   * way to ask.
   */
  default long persistent(String queue) {
    return Depth.UNKNOWN;
  }

  /**
   * Lets workers in by a password of their own as well, as long as this is open.
   *
   * @return what they get as {@code BROKER_URL}; empty where no login can be made
   */
  default Optional<BrokerUrl> admit(String password) {
    return Optional.empty();
  }

  /**
   * Carries out a command of {@code rabbitmqctl}.
   *
   * @param arguments as a shell would take them
   * @throws EnvironmentTrouble if it fails, or if the broker is not one of the harness' own
   */
  default void control(String arguments) {
    throw new EnvironmentTrouble(
        "rabbitmqctl "
            + arguments
            + " cannot be carried out on this broker.\nRemedy: run without wq.broker.");
  }

  @Override
  void close();
}
