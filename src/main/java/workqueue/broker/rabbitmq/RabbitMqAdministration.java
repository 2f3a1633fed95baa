package workqueue.broker.rabbitmq;

import com.rabbitmq.http.client.domain.MessageStats;
import com.rabbitmq.http.client.domain.NodeInfo;
import com.rabbitmq.http.client.domain.QueueInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;
import workqueue.broker.Administration;
import workqueue.broker.Broker;
import workqueue.broker.BrokerHost;
import workqueue.broker.Depth;
import workqueue.broker.QueueFigures;
import workqueue.waiting.Sight;

/** RabbitMQ's management API, and its own commands where it runs. */
final class RabbitMqAdministration implements Administration {
  private static final String CONTROL = "rabbitmqctl";

  /** With the {@link RabbitMq#files() files}: each second it is told, and each second gathered. */
  private static final Duration STATISTICS_AGE = Duration.ofMillis(2_200);

  /** Without them both are done each 5 s. */
  private static final Duration USUAL_STATISTICS_AGE = Duration.ofMillis(10_500);

  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final BrokerHost host;
  private final Management management;
  private final StandingControl control;
  private volatile boolean managed;

  RabbitMqAdministration(BrokerHost host, String user, String password) {
    this(host, user, password, standing(host));
  }

  /**
   * The same by another login.
   *
   * @param control asks queues' processes; it is closed with this
   */
  private RabbitMqAdministration(
      BrokerHost host, String user, String password, StandingControl control) {
    this.host = host;
    this.management = Management.at(host.http(RabbitMq.MANAGEMENT_PORT), user, password);
    this.control = control;
  }

  private static StandingControl standing(BrokerHost host) {
    return new StandingControl(
        () -> host.converse(StandingControl.MARK, StandingControl.COMMAND),
        host.answer(),
        host.patience());
  }

  @Override
  public void begin() {
    if (host.isEntered()) {
      control.begin();
    }
  }

  @Override
  public Optional<String> unready() {
    try {
      management.nodes();
      managed = true;
      return Optional.empty();
    } catch (RuntimeException notYet) {
      return Optional.of("its management API does not answer");
    }
  }

  /** Whether it has the management plugin, and that answers; asked until it was there once. */
  private boolean isManaged() {
    return managed || unready().isEmpty();
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
  public Administration asAdministrator(String user, String password) {
    management.createAdministrator(user, password);
    return new RabbitMqAdministration(host, user, password, control);
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
  public Optional<Depth> depth(String vhost, String queue) {
    if (host.isEntered()) {
      return Optional.of(
          control.depth(vhost, queue, () -> new Rabbitmqctl(host::run).depth(vhost, queue)));
    }
    return isManaged() ? Optional.of(managedDepth(vhost, queue)) : Optional.empty();
  }

  /** What the management API tells once it is certainly newer than the question. */
  private Depth managedDepth(String vhost, String queue) {
    Instant newer = Instant.now().plus(statisticsAge());
    return host.patience()
        .await(
            "the broker's count of queue " + queue,
            host.answer(),
            BETWEEN,
            () ->
                Instant.now().isBefore(newer)
                    ? Sight.<Depth>notYet("it may be old")
                    : Sight.found(counted(vhost, queue)));
  }

  private Depth counted(String vhost, String queue) {
    QueueInfo info = management.queue(vhost, queue);
    if (info == null) {
      throw new EnvironmentTrouble("The broker has no queue " + queue + ".");
    }
    return new Depth(
        info.getMessagesReady(), info.getMessagesUnacknowledged(), info.getConsumerCount());
  }

  /** How old what the management API counts is at most. */
  private Duration statisticsAge() {
    return host.hasFiles() ? STATISTICS_AGE : USUAL_STATISTICS_AGE;
  }

  @Override
  public long persistent(String vhost, String queue) {
    return host.isEntered() ? new Rabbitmqctl(host::run).persistent(vhost, queue) : Depth.UNKNOWN;
  }

  @Override
  public Optional<QueueFigures> figures(String vhost, String queue) {
    return listed(vhost, queue).map(this::figures);
  }

  /** The queue as the management API lists it now; empty without that, or without the queue. */
  private Optional<QueueInfo> listed(String vhost, String queue) {
    return isManaged() ? Optional.ofNullable(management.queue(vhost, queue)) : Optional.empty();
  }

  private QueueFigures figures(QueueInfo info) {
    Broker.Alarms alarms = alarms();
    MessageStats stats =
        info.getMessageStats() == null ? new MessageStats() : info.getMessageStats();
    return new QueueFigures(
        stats.getBasicPublish(),
        // The client's name for deliver_get, the sum of all kinds of deliveries.
        stats.getBasicGet(),
        stats.getBasicDeliverNoAck() + stats.getBasicGetNoAck(),
        stats.getRedeliver(),
        stats.getAck(),
        ManagedConsumers.of(info),
        alarms.memory(),
        alarms.disk(),
        texts(info.getArguments()),
        info.getPolicy() == null ? "" : info.getPolicy(),
        texts(info.getEffectivePolicyDefinition()),
        statisticsAge());
  }

  private static Map<String, String> texts(Map<String, Object> values) {
    Map<String, String> texts = new TreeMap<>();
    if (values != null) {
      values.forEach((name, value) -> texts.put(name, String.valueOf(value)));
    }
    return texts;
  }

  @Override
  public Optional<List<QueueFigures.Consumer>> consumers(String vhost, String queue) {
    return listed(vhost, queue).map(ManagedConsumers::of);
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
    host.run(CONTROL, "close_all_connections", "--global", reason);
  }

  @Override
  public String memoryHighWatermark() {
    return Rabbitmqctl.watermark(
        host.run(CONTROL, "eval", "vm_memory_monitor:get_vm_memory_high_watermark()."));
  }

  @Override
  public void memoryHighWatermark(String watermark) {
    host.run(
        Stream.concat(
                Stream.of(CONTROL, "set_vm_memory_high_watermark"),
                Stream.of(watermark.split(" ", -1)))
            .toArray(String[]::new));
  }

  @Override
  public void control(String arguments) {
    host.run("sh", "-c", CONTROL + " --quiet " + arguments);
  }

  @Override
  public void stop() {
    host.run(CONTROL, "stop");
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
