package workqueue.broker;

import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.rabbitmq.RabbitMQContainer;
import org.testcontainers.utility.DockerImageName;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.Cluster;
import workqueue.cluster.Engine;
import workqueue.cluster.KeptPort;
import workqueue.cluster.ReadyContainer;
import workqueue.cluster.RunLock;
import workqueue.cluster.ScenarioNamespace;
import workqueue.cluster.StartTrouble;
import workqueue.configuration.BrokerUrl;
import workqueue.configuration.WorkerLogin;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;

/**
 * A broker in a container beside the cluster, shared by a run's scenarios: a virtual host for each
 * where they can be made, else a container for each.
 */
public final class ContainerBroker implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final String GUEST = "guest";

  /** Whom the harness logs in as, so that guest need not be let into each virtual host. */
  private static final String HARNESS = "work-queue";

  private static final String ONLY_VHOST = "/";

  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration BETWEEN = Duration.ofMillis(200);

  private final String image;
  private final Optional<Network> network;
  private final RunLock lock;
  private final GenericContainer<?> container;
  private final BrokerHost host = new Host();
  private final Patience patience;
  private final List<Part> parts = new CopyOnWriteArrayList<>();
  private Optional<Administration> administration = Optional.empty();
  private final String password = Passwords.any();
  private Amqp.Known known;
  private final AtomicBoolean taken = new AtomicBoolean();

  /**
   * @param image of any broker that speaks AMQP 0-9-1 at the usual port and lets guest in
   * @param network the cluster's, if the cluster is a throwaway one
   */
  public ContainerBroker(String image, Optional<Network> network, RunLock lock, Patience patience) {
    this.image = image;
    this.network = network;
    this.lock = lock;
    this.patience = patience;
    // Of another broker it is a container like any other.
    container =
        new RabbitMQContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rabbitmq"))
            .withExposedPorts(ports().toArray(Integer[]::new))
            .waitingFor(new Answer(patience));
    Product.all()
        .forEach(
            product ->
                product
                    .files()
                    .forEach(
                        (path, text) ->
                            container.withCopyToContainer(Transferable.of(text), path)));
    lock.own(container);
    network.ifPresent(container::withNetwork);
  }

  /** That of AMQP, and those by which products are administered: which it is it says later. */
  private static Stream<Integer> ports() {
    return Stream.concat(
        Stream.of(BrokerUrl.DEFAULT_PORT),
        Product.all().stream().flatMap(product -> product.ports().stream()));
  }

  /** Waits until it takes a login, or says that it never will. */
  private final class Answer extends ReadyContainer {
    private Answer(Patience patience) {
      super("an AMQP login", patience, START);
    }

    @Override
    protected Sight<Boolean> ready() {
      Amqp.Login login = new Amqp(address(ONLY_VHOST)).logIn();
      boolean over =
          login.refusal().isEmpty()
              || List.of(Amqp.Refusal.LOGIN, Amqp.Refusal.OTHER_AMQP)
                  .contains(login.refusal().get());
      return over ? Sight.found(true) : Sight.notYet(login.detail());
    }
  }

  /**
   * Has it keep its ports on this machine when it is started again, for scenarios in which it is;
   * to be said before the start.
   */
  public ContainerBroker keepingItsPorts() {
    ports().forEach(port -> KeptPort.give(container, port));
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
    try {
      known = new Amqp(address(ONLY_VHOST), Optional.empty(), patience).learn();
      Product.of(known.identity()).ifPresent(this::administer);
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
    return this;
  }

  private void administer(Product product) {
    Administration asGuest = product.administration(host, GUEST, GUEST);
    administration = Optional.of(asGuest);
    asGuest.begin();
    awaitAnswer();
    // Who makes a virtual host may use it: guest is not to be let into those of trials.
    administration = Optional.of(asGuest.asAdministrator(HARNESS, password));
  }

  /** What it says of itself. */
  public ServerIdentity identity() {
    return known.identity();
  }

  /** Whether it can be given users and virtual hosts: one that cannot has guest's alone. */
  public boolean makesLogins() {
    return administration.isPresent();
  }

  /**
   * Gives a scenario a vhost of its own, and its namespace a Service that leads there; workers log
   * in as the page has it.
   */
  public Broker openAsGuest(Cluster cluster, ScenarioNamespace namespace, String service) {
    return open(
        cluster,
        namespace,
        service,
        new WorkerLogin(GUEST, GUEST, makesLogins() ? namespace.name() : ONLY_VHOST));
  }

  /** The same for workers that log in so; nobody else is let in. */
  public Broker open(
      Cluster cluster, ScenarioNamespace namespace, String service, WorkerLogin login) {
    if (administration.isEmpty()) {
      return openAlone(cluster, namespace, service, login);
    }
    Administration here = administration.get();
    here.createVhost(login.vhost());
    if (login.vhost().equals(ONLY_VHOST)) {
      // Who makes a virtual host may use it, and this one was there before.
      here.permit(ONLY_VHOST, HARNESS);
    }
    if (!login.user().equals(GUEST)) {
      here.createUser(login.user(), login.password());
    }
    here.permit(login.vhost(), login.user());
    return opened(new Part(login, cluster, namespace, service));
  }

  /** Where there is but one virtual host, each scenario has all of a broker. */
  private Broker openAlone(
      Cluster cluster, ScenarioNamespace namespace, String service, WorkerLogin login) {
    if (!login.equals(new WorkerLogin(GUEST, GUEST, ONLY_VHOST))) {
      throw new EnvironmentTrouble(makesNoLogins(identity()));
    }
    if (taken.compareAndSet(false, true)) {
      return opened(new Part(login, cluster, namespace, service));
    }
    ContainerBroker another = new ContainerBroker(image, network, lock, patience).start();
    try {
      another.taken.set(true);
      return another.opened(
          another.new Part(login, cluster, namespace, service) {
            @Override
            public void close() {
              super.close();
              another.close();
            }
          });
    } catch (RuntimeException failure) {
      another.close();
      throw failure;
    }
  }

  static String makesNoLogins(ServerIdentity broker) {
    return """
        The worker has its login or its virtual host built in, and %s has no management by which \
        the harness could make either.
        Remedy: leave out wq.worker.user, .password and .vhost, or run it on RabbitMQ."""
        .formatted(broker);
  }

  private Broker opened(Part part) {
    BrokerService.lead(part.namespace, part.service, part.reached);
    parts.add(part);
    return part;
  }

  /** What of it was used that later versions will not have; empty if nothing, or if not known. */
  public Optional<String> deprecations() {
    List<String> features = administration.map(Administration::deprecations).orElse(List.of());
    return features.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s calls deprecated what was used of it: %s"
                .formatted(identity(), String.join(", ", features)));
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
    parts.forEach(Part::leadAgain);
    awaitAnswer();
  }

  /** Waits until it takes logins, and its management API answers where it has one. */
  public void awaitAnswer() {
    patience.await(
        "the broker to answer",
        START,
        BETWEEN,
        () -> {
          Amqp.Login login = new Amqp(address(ONLY_VHOST)).logIn();
          Optional<String> lacks =
              login.refusal().isPresent()
                  ? Optional.of(login.detail())
                  : administration.flatMap(Administration::unready);
          return lacks.map(Sight::<Boolean>notYet).orElseGet(() -> Sight.found(true));
        });
  }

  /**
   * Closes all connections, also those whose other ends are gone.
   *
   * @throws UnsupportedByBroker if it is not {@link #isManaged() managed}
   */
  public void dropConnections(String reason) {
    requireAdministration("close connections").dropConnections(reason);
  }

  /**
   * How much memory it may use before it blocks who publishes: a share of the machine's, for
   * example {@code 0.4}, or {@code absolute} with a number of bytes.
   */
  public String memoryHighWatermark() {
    return requireAdministration("raise a memory alarm").memoryHighWatermark();
  }

  /** Sets what {@link #memoryHighWatermark()} tells. */
  public void memoryHighWatermark(String watermark) {
    requireAdministration("raise a memory alarm").memoryHighWatermark(watermark);
  }

  private Administration requireAdministration(String what) {
    return administration.orElseThrow(() -> unmanaged(identity(), what));
  }

  static UnsupportedByBroker unmanaged(ServerIdentity broker, String what) {
    return new UnsupportedByBroker(broker, "has no management by which the harness could " + what);
  }

  /** Whether it has a management: what is said to need one fails where it has none. */
  public boolean isManaged() {
    return administration.isPresent();
  }

  @Override
  public void close() {
    administration.ifPresent(Administration::close);
    container.stop();
  }

  /** The port of this machine at which one of its ports is reached. */
  public int port(int its) {
    return container.getMappedPort(its);
  }

  /** Where a vhost is reached from this machine. */
  public BrokerUrl address(String vhost) {
    return new BrokerUrl(
        false, GUEST, GUEST, container.getHost(), port(BrokerUrl.DEFAULT_PORT), vhost);
  }

  /** Its container. */
  private final class Host implements BrokerHost {
    @Override
    public boolean hasFiles() {
      return true;
    }

    @Override
    public boolean isEntered() {
      return true;
    }

    @Override
    public String run(String... command) {
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

    @Override
    public Dialogue converse(String mark, String... command) {
      return ContainerDialogue.start(
          container.getDockerClient(), container.getContainerId(), mark, command);
    }

    @Override
    public Duration answer() {
      return ANSWER;
    }

    @Override
    public String http(int port) {
      return "http://" + container.getHost() + ":" + port(port);
    }

    @Override
    public Patience patience() {
      return patience;
    }
  }

  /** One scenario's part of it. */
  private class Part implements Broker {
    private final WorkerLogin login;
    private final String vhost;
    private final Cluster cluster;
    private final ScenarioNamespace namespace;
    private final String service;
    private Cluster.Reach reached;

    private Part(WorkerLogin login, Cluster cluster, ScenarioNamespace namespace, String service) {
      this.login = login;
      this.vhost = login.vhost();
      this.cluster = cluster;
      this.namespace = namespace;
      this.service = service;
      this.reached = reach();
    }

    private Cluster.Reach reach() {
      return cluster.reach(container.getContainerId(), BrokerUrl.DEFAULT_PORT);
    }

    /** Most engines give a container the address that it had; none promises to. */
    private void leadAgain() {
      Cluster.Reach now = reach();
      BrokerService.leadAgain(namespace, service, reached, now);
      reached = now;
    }

    @Override
    public BrokerFacts facts() {
      return new BrokerFacts("container", identity());
    }

    @Override
    public Amqp amqp() {
      BrokerUrl guest = address(vhost);
      return new Amqp(
          makesLogins() ? guest.as(HARNESS, password) : guest, Optional.of(known), patience);
    }

    @Override
    public BrokerUrl forPods() {
      return new BrokerUrl(
          false, login.user(), login.password(), service, BrokerUrl.DEFAULT_PORT, vhost);
    }

    @Override
    public Depth depth(String queue) {
      return administration
          .flatMap(asked -> asked.depth(vhost, queue))
          .orElseGet(() -> Broker.super.depth(queue));
    }

    @Override
    public long persistent(String queue) {
      return administration.map(asked -> asked.persistent(vhost, queue)).orElse(Depth.UNKNOWN);
    }

    @Override
    public Optional<QueueFigures> figures(String queue) {
      return administration.flatMap(asked -> asked.figures(vhost, queue));
    }

    @Override
    public Alarms alarms() {
      return administration.map(Administration::alarms).orElseGet(Broker.super::alarms);
    }

    @Override
    public void control(String arguments) {
      requireAdministration("carry out rabbitmqctl " + arguments).control(arguments);
    }

    /** What cannot be removed is gone with the broker; that says nothing about a scenario. */
    @Override
    public void close() {
      parts.remove(this);
      try {
        administration.ifPresent(this::remove);
      } catch (RuntimeException stays) {
        System.err.printf("Vhost %s stays in the broker until the run ends: %s%n", vhost, stays);
      }
    }

    private void remove(Administration from) {
      if (!login.user().equals(GUEST)) {
        from.deleteUser(login.user());
      }
      from.deleteVhost(vhost);
    }
  }
}
