package workqueue.broker;

import com.github.dockerjava.api.exception.DockerException;
import com.rabbitmq.http.client.domain.MessageStats;
import com.rabbitmq.http.client.domain.NodeInfo;
import com.rabbitmq.http.client.domain.QueueInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.rabbitmq.RabbitMQContainer;
import org.testcontainers.utility.DockerImageName;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.Cluster;
import workqueue.cluster.Engine;
import workqueue.cluster.KeptPort;
import workqueue.cluster.ReadyLine;
import workqueue.cluster.RunLock;
import workqueue.cluster.ScenarioNamespace;
import workqueue.cluster.StartTrouble;
import workqueue.configuration.BrokerUrl;
import workqueue.configuration.BuiltInLogin;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;

/** A RabbitMQ in a container beside the cluster, shared by a run's scenarios: a vhost for each. */
public final class ContainerBroker implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final String GUEST = "guest";

  /**
   * Each second queues and channels tell what they count, and each second that is gathered, which
   * is otherwise done every 5 s: without it the management API lags by more than 5 s.
   */
  private static final String STATISTICS =
      """
      collect_statistics_interval = 1000
      management.sample_retention_policies.global.minute = 1
      management.sample_retention_policies.basic.minute = 1
      management.sample_retention_policies.detailed.10 = 1
      """;

  private static final Duration STATISTICS_AGE = Duration.ofMillis(2_200);
  private static final String STATISTICS_FILE = "/etc/rabbitmq/conf.d/90-statistics.conf";

  private static final String CONTROL = "rabbitmqctl";
  private static final int MANAGEMENT_PORT = 15_672;
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration BETWEEN = Duration.ofMillis(200);

  private final String image;
  private final RabbitMQContainer container;
  private final Patience patience;
  private final List<Vhost> vhosts = new CopyOnWriteArrayList<>();
  private final StandingControl control;
  private Management management;
  private String version;

  /**
   * @param network the cluster's, if the cluster is a throwaway one
   */
  public ContainerBroker(String image, Optional<Network> network, RunLock lock, Patience patience) {
    this.image = image;
    this.patience = patience;
    container =
        new RabbitMQContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rabbitmq"))
            .withCopyToContainer(Transferable.of(STATISTICS), STATISTICS_FILE)
            .waitingFor(new ReadyLine("Server startup complete", patience, START));
    lock.own(container);
    network.ifPresent(container::withNetwork);
    control =
        new StandingControl(
            () ->
                ContainerDialogue.start(
                    container.getDockerClient(),
                    container.getContainerId(),
                    StandingControl.MARK,
                    StandingControl.COMMAND),
            ANSWER,
            patience);
  }

  /**
   * Has it keep its ports on this machine when it is started again, for scenarios in which it is;
   * to be said before the start.
   */
  public ContainerBroker keepingItsPorts() {
    KeptPort.give(container, BrokerUrl.DEFAULT_PORT);
    KeptPort.give(container, MANAGEMENT_PORT);
    return this;
  }

  /**
   * Starts it.
   *
   * @throws EnvironmentTrouble if the image does not become a broker; nothing is left behind then
   */
  public ContainerBroker start() {
    Engine.connect(patience).require(image);
    try {
      container.start();
    } catch (RuntimeException failure) {
      EnvironmentTrouble trouble = StartTrouble.of("the broker", container, failure);
      container.stop();
      throw trouble;
    }
    management = Management.at(container.getHttpUrl(), GUEST, GUEST);
    version = new Amqp(address("/")).requireLogin();
    control.begin();
    return this;
  }

  /** Gives a scenario a vhost of its own, and its namespace the Service that leads there. */
  public Broker open(Cluster cluster, ScenarioNamespace namespace) {
    return open(cluster, namespace, new BuiltInLogin(GUEST, GUEST, namespace.name()));
  }

  /** The same for workers that have login and vhost built in: nobody else may use it meanwhile. */
  public Broker open(Cluster cluster, ScenarioNamespace namespace, BuiltInLogin login) {
    management.createVhost(login.vhost());
    management.permitAll(login.vhost(), GUEST);
    if (!login.user().equals(GUEST)) {
      management.createUser(login.user(), login.password());
      management.permitAll(login.vhost(), login.user());
    }
    Vhost opened = new Vhost(login, cluster, namespace);
    BrokerService.lead(namespace, opened.reached);
    vhosts.add(opened);
    return opened;
  }

  /** What of it was used that later versions will not have; empty if nothing, or if not known. */
  public Optional<String> deprecations() {
    List<String> features = management.deprecatedFeatures();
    return features.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "RabbitMQ %s calls deprecated what was used of it: %s"
                .formatted(version, String.join(", ", features)));
  }

  /** Stops it as an administrator would, keeping what is durable. */
  public void stop() {
    container.getDockerClient().stopContainerCmd(container.getContainerId()).exec();
  }

  /** Ends its processes at once. */
  public void kill() {
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
  }

  /** Freezes its processes: connections stay, and nobody answers. */
  public void pause() {
    container.getDockerClient().pauseContainerCmd(container.getContainerId()).exec();
  }

  /** Has frozen processes go on. */
  public void unpause() {
    container.getDockerClient().unpauseContainerCmd(container.getContainerId()).exec();
  }

  /** Starts it again after its end, and returns when it answers; pods find it where it was. */
  public void startAgain() {
    container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    vhosts.forEach(Vhost::leadAgain);
    awaitAnswer();
  }

  /** Waits until it takes logins and its management API answers. */
  public void awaitAnswer() {
    patience.await(
        "the broker to answer",
        START,
        BETWEEN,
        () -> {
          Amqp.Login login = new Amqp(address("/")).logIn();
          return login.refusal().isEmpty()
              ? managementAnswers()
              : Sight.<Boolean>notYet(login.detail());
        });
  }

  private Sight<Boolean> managementAnswers() {
    try {
      management.nodes();
      return Sight.found(true);
    } catch (RuntimeException notYet) {
      return Sight.notYet("its management API does not answer");
    }
  }

  /** Closes all connections, also those whose other ends are gone. */
  public void dropConnections(String reason) {
    run(CONTROL, "close_all_connections", "--global", reason);
  }

  /**
   * How much memory it may use before it blocks who publishes: a share of the machine's, for
   * example {@code 0.4}, or {@code absolute} with a number of bytes.
   */
  public String memoryHighWatermark() {
    return Rabbitmqctl.watermark(
        run(CONTROL, "eval", "vm_memory_monitor:get_vm_memory_high_watermark()."));
  }

  /** Sets what {@link #memoryHighWatermark()} tells. */
  public void memoryHighWatermark(String watermark) {
    run(
        Stream.concat(
                Stream.of(CONTROL, "set_vm_memory_high_watermark"),
                Stream.of(watermark.split(" ", -1)))
            .toArray(String[]::new));
  }

  @Override
  public void close() {
    control.close();
    container.stop();
  }

  /** The port of the management API on this machine. */
  public int managementPort() {
    return container.getHttpPort();
  }

  /** Where a vhost is reached from this machine. */
  public BrokerUrl address(String vhost) {
    return new BrokerUrl(false, GUEST, GUEST, container.getHost(), container.getAmqpPort(), vhost);
  }

  private String run(String... command) {
    try {
      ExecResult result = container.execInContainer(command);
      if (result.getExitCode() != 0) {
        throw new EnvironmentTrouble(
            "%s failed in the broker's container: %s"
                .formatted(command[0], (result.getStdout() + result.getStderr()).strip()));
      }
      return result.getStdout();
    } catch (IOException | DockerException failure) {
      throw new EnvironmentTrouble("The broker's container cannot be asked.", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EnvironmentTrouble("Interrupted while asking the broker.", interrupted);
    }
  }

  /** One scenario's part of it. */
  private final class Vhost implements Broker {
    private final BuiltInLogin login;
    private final String vhost;
    private final Cluster cluster;
    private final ScenarioNamespace namespace;
    private Cluster.Reach reached;
    private boolean admitted;

    private Vhost(BuiltInLogin login, Cluster cluster, ScenarioNamespace namespace) {
      this.login = login;
      this.vhost = login.vhost();
      this.cluster = cluster;
      this.namespace = namespace;
      this.reached = reach();
    }

    private Cluster.Reach reach() {
      return cluster.reach(container.getContainerId(), BrokerUrl.DEFAULT_PORT);
    }

    /** Most engines give a container the address that it had; none promises to. */
    private void leadAgain() {
      Cluster.Reach now = reach();
      BrokerService.leadAgain(namespace, reached, now);
      reached = now;
    }

    @Override
    public BrokerFacts facts() {
      return new BrokerFacts("container", version);
    }

    @Override
    public Amqp amqp() {
      return new Amqp(address(vhost));
    }

    @Override
    public BrokerUrl forPods() {
      return new BrokerUrl(
          false, login.user(), login.password(), SERVICE, BrokerUrl.DEFAULT_PORT, vhost);
    }

    @Override
    public Depth depth(String queue) {
      return control.depth(
          vhost, queue, () -> new Rabbitmqctl(ContainerBroker.this::run).depth(vhost, queue));
    }

    @Override
    public long persistent(String queue) {
      return new Rabbitmqctl(ContainerBroker.this::run).persistent(vhost, queue);
    }

    @Override
    public Optional<QueueFigures> figures(String queue) {
      QueueInfo info = management.queue(vhost, queue);
      if (info == null) {
        return Optional.empty();
      }
      Alarms alarms = alarms();
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
              STATISTICS_AGE));
    }

    @Override
    public Alarms alarms() {
      List<NodeInfo> nodes = management.nodes();
      return new Alarms(
          nodes.stream().anyMatch(NodeInfo::isMemoryAlarmActive),
          nodes.stream().anyMatch(NodeInfo::isDiskAlarmActive));
    }

    /** The user is called as the namespace is; workers that have a login built in keep that. */
    @Override
    public Optional<BrokerUrl> admit(String password) {
      if (!vhost.equals(namespace.name())) {
        return Optional.empty();
      }
      management.createUser(vhost, password);
      management.permitAll(vhost, vhost);
      admitted = true;
      return Optional.of(
          new BrokerUrl(false, vhost, password, SERVICE, BrokerUrl.DEFAULT_PORT, vhost));
    }

    @Override
    public void control(String arguments) {
      run("sh", "-c", CONTROL + " --quiet " + arguments);
    }

    /** What cannot be removed is gone with the broker; that says nothing about a scenario. */
    @Override
    public void close() {
      vhosts.remove(this);
      try {
        if (admitted) {
          management.deleteUser(vhost);
        }
        management.deleteVhost(vhost);
      } catch (RuntimeException stays) {
        System.err.printf("Vhost %s stays in the broker until the run ends: %s%n", vhost, stays);
      }
    }
  }
}
