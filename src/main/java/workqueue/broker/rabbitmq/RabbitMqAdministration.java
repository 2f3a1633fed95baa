package workqueue.broker;

import com.rabbitmq.http.client.domain.MessageStats;
import com.rabbitmq.http.client.domain.NodeInfo;
import com.rabbitmq.http.client.domain.QueueInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;

/** RabbitMQ's management API, and its own commands where it runs. */
final class RabbitMqAdministration implements Administration {
  private static final String CONTROL = "rabbitmqctl";

  private final Management management;
  private final StandingControl control;
  private final Rabbitmqctl.Shell shell;
  private final Duration statisticsAge;

  /**
   * @param statisticsAge how old what the management API counts is at most
   * @param control asks queues' processes; it is closed with this
   * @param shell runs commands where the broker runs
   */
  RabbitMqAdministration(
      Management management,
      Duration statisticsAge,
      StandingControl control,
      Rabbitmqctl.Shell shell) {
    this.management = management;
    this.statisticsAge = statisticsAge;
    this.control = control;
    this.shell = shell;
  }

  @Override
  public Optional<String> unready() {
    try {
      management.nodes();
      return Optional.empty();
    } catch (RuntimeException notYet) {
      return Optional.of("its management API does not answer");
    }
  }

  @Override
  public void createVhost(String vhost) {
    management.createVhost(vhost);
  }

  @Override
  public void createUser(String user, String password) {
    management.createUser(user, password);
  }

  @Override
  public void createAdministrator(String user, String password) {
    management.createAdministrator(user, password);
  }

  @Override
  public void permit(String vhost, String user) {
    management.permitAll(vhost, user);
  }

  @Override
  public void deleteUser(String user) {
    management.deleteUser(user);
  }

  @Override
  public void deleteVhost(String vhost) {
    management.deleteVhost(vhost);
  }

  @Override
  public Depth depth(String vhost, String queue) {
    return control.depth(vhost, queue, () -> new Rabbitmqctl(shell).depth(vhost, queue));
  }

  /**
   * What the management API counts in a queue, up to the age of its statistics ago.
   *
   * @throws EnvironmentTrouble if there is no such queue
   */
  Depth counted(String vhost, String queue) {
    QueueInfo info = management.queue(vhost, queue);
    if (info == null) {
      throw new EnvironmentTrouble("The broker has no queue " + queue + ".");
    }
    return new Depth(
        info.getMessagesReady(), info.getMessagesUnacknowledged(), info.getConsumerCount());
  }

  @Override
  public long persistent(String vhost, String queue) {
    return new Rabbitmqctl(shell).persistent(vhost, queue);
  }

  @Override
  public Optional<QueueFigures> figures(String vhost, String queue) {
    QueueInfo info = management.queue(vhost, queue);
    if (info == null) {
      return Optional.empty();
    }
    Broker.Alarms alarms = alarms();
    MessageStats stats =
        info.getMessageStats() == null ? new MessageStats() : info.getMessageStats();
    return Optional.of(
        new QueueFigures(
            stats.getBasicPublish(),
            // The client's name for deliver_get, the sum of all kinds of deliveries.
            stats.getBasicGet(),
            stats.getBasicDeliverNoAck() + stats.getBasicGetNoAck(),
            stats.getRedeliver(),
            stats.getAck(),
            ManagedConsumers.of(info),
            alarms.memory(),
            alarms.disk(),
            statisticsAge));
  }

  /** The consumers of a queue, as they are listed now; empty if there is no such queue. */
  Optional<List<QueueFigures.Consumer>> consumers(String vhost, String queue) {
    return Optional.ofNullable(management.queue(vhost, queue)).map(ManagedConsumers::of);
  }

  @Override
  public Broker.Alarms alarms() {
    List<NodeInfo> nodes = management.nodes();
    return new Broker.Alarms(
        nodes.stream().anyMatch(NodeInfo::isMemoryAlarmActive),
        nodes.stream().anyMatch(NodeInfo::isDiskAlarmActive));
  }

  @Override
  public void dropConnections(String reason) {
    shell.run(CONTROL, "close_all_connections", "--global", reason);
  }

  @Override
  public String memoryHighWatermark() {
    return Rabbitmqctl.watermark(
        shell.run(CONTROL, "eval", "vm_memory_monitor:get_vm_memory_high_watermark()."));
  }

  @Override
  public void memoryHighWatermark(String watermark) {
    shell.run(
        Stream.concat(
                Stream.of(CONTROL, "set_vm_memory_high_watermark"),
                Stream.of(watermark.split(" ", -1)))
            .toArray(String[]::new));
  }

  @Override
  public void control(String arguments) {
    shell.run("sh", "-c", CONTROL + " --quiet " + arguments);
  }

  @Override
  public List<String> deprecations() {
    return management.deprecatedFeatures();
  }

  @Override
  public void close() {
    control.close();
  }
}
