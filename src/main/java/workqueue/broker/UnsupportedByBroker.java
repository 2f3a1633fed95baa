package workqueue.broker;

import workqueue.EnvironmentTrouble;

/**
 * Says that the broker, as its product is, cannot do what a scenario rests on: the scenario does
 * not apply to it, and says nothing about it.
 */
public final class UnsupportedByBroker extends EnvironmentTrouble {
  private static final long serialVersionUID = 1L;

  /**
   * @param what what it does not do, as it follows the broker's name, for example {@code has no
   *     alarms}
   */
  UnsupportedByBroker(ServerIdentity broker, String what) {
    super("%s %s.%nRemedy: run this scenario on RabbitMQ.".formatted(broker, what));
  }
}
