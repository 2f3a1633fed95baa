package workqueue.broker;

import java.time.Duration;
import workqueue.waiting.Patience;

/** Where a broker runs, and what can be done there besides speaking AMQP to it. */
public interface BrokerHost {
  /** Whether it was started with the {@link Product#files() files} of its product. */
  boolean hasFiles();

  /** Whether commands may be run there. */
  boolean isEntered();

  /**
   * Runs a command, and returns what it printed.
   *
   * @throws workqueue.EnvironmentTrouble if it failed, or may not be run
   */
  String run(String... command);

  /**
   * Starts a command that answers line by line.
   *
   * @param mark what an answer begins with
   */
  Dialogue converse(String mark, String... command);

  /** How long a command may take. */
  Duration answer();

  /** The address at which this machine reaches one of the broker's ports by HTTP. */
  String http(int port);

  /** With which it is waited for. */
  Patience patience();
}
