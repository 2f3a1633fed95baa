package workqueue.broker;

import java.util.List;
import java.util.Optional;

/**
 * What can be asked of a broker, or done to it, beside AMQP 0-9-1. Not every product has it, and
 * none has it on a broker that somebody else runs.
 */
public interface Administration extends AutoCloseable {

  /** Opens what takes a while to open, so that the first question need not wait for it. */
  void begin();

  /** Why it cannot be asked now; empty if it can. */
  Optional<String> unready();

  void createVhost(String vhost);

  void createUser(String user, String password);

  /**
   * Makes a user who may ask and change all that can be.
   *
   * @return this, by that user's login
   */
  Administration asAdministrator(String user, String password);

  /** Lets a user do all there is to do in a virtual host. */
  void permit(String vhost, String user);

  void deleteUser(String user);

  /** Deletes it with all that it holds. */
  void deleteVhost(String vhost);

  /**
   * The depth of a queue, live and with what consumers hold; empty where it does not tell that.
   *
   * @throws workqueue.EnvironmentTrouble if there is no such queue
   */
  Optional<Depth> depth(String vhost, String queue);

  /** How many of the queue's messages outlive the broker; {@link Depth#UNKNOWN} if not told. */
  long persistent(String vhost, String queue);

  /** What it counts in a queue; empty where it does not, or there is no such queue. */
  Optional<QueueFigures> figures(String vhost, String queue);

  /** The consumers of a queue, as they are listed now; empty as {@link #figures} is. */
  Optional<List<QueueFigures.Consumer>> consumers(String vhost, String queue);

  Broker.Alarms alarms();

  /** Closes all connections, also those whose other ends are gone. */
  void dropConnections(String reason);

  String memoryHighWatermark();

  void memoryHighWatermark(String watermark);

  /** Carries out a command of the broker's own. */
  void control(String arguments);

  /** Stops the broker as an administrator would. */
  void stop();

  /** What of it was used that later versions will not have. */
  List<String> deprecations();

  /** Closes what is open; what is asked next opens it again. */
  @Override
  void close();
}
