package workqueue.broker;

import java.util.List;
import java.util.Optional;

/**
 * What can be asked of a broker, or done to it, beside AMQP 0-9-1. Not every product has it, and
 * none has it on a broker that somebody else runs.
 */
interface Administration extends AutoCloseable {

  /** Why it cannot be asked now; empty if it can. */
  Optional<String> unready();

  void createVhost(String vhost);

  void createUser(String user, String password);

  /** Makes a user who may ask and change all that can be. */
  void createAdministrator(String user, String password);

  /** Lets a user do all there is to do in a virtual host. */
  void permit(String vhost, String user);

  void deleteUser(String user);

  /** Deletes it with all that it holds. */
  void deleteVhost(String vhost);

  Depth depth(String vhost, String queue);

  long persistent(String vhost, String queue);

  Optional<QueueFigures> figures(String vhost, String queue);

  Broker.Alarms alarms();

  /** Closes all connections, also those whose other ends are gone. */
  void dropConnections(String reason);

  String memoryHighWatermark();

  void memoryHighWatermark(String watermark);

  /** Carries out a command of the broker's own. */
  void control(String arguments);

  /** What of it was used that later versions will not have. */
  List<String> deprecations();

  @Override
  void close();
}
