package workqueue.broker;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.PodHealth;
import workqueue.cluster.PodShell;
import workqueue.cluster.Right;
import workqueue.cluster.ScenarioNamespace;
import workqueue.configuration.BrokerUrl;
import workqueue.tutorial.Edition;
import workqueue.tutorial.Manifests;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;

/** A RabbitMQ in a pod of the scenario's own namespace, reached through a port of this machine. */
public final class InClusterBroker implements Broker {
  private static final String GUEST = "guest";
  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final Duration CONTROL = Duration.ofSeconds(30);

  private static final Duration POD = Duration.ofMinutes(3);
  private static final Duration LOGIN = Duration.ofMinutes(6);
  private static final Duration BETWEEN = Duration.ofMillis(500);
  private static final int MANAGEMENT_PORT = 15_672;

  /** Each 5 s queues and channels tell what they count, and each 5 s that is gathered. */
  private static final Duration STATISTICS_AGE = Duration.ofMillis(10_500);

  private final ScenarioNamespace namespace;
  private final Patience patience;
  private final StandingControl control;
  private final PodPort port;
  private final PodPort managementPort;
  private final RabbitMqAdministration administration;
  private final boolean entered;
  private volatile String pod;
  private volatile Amqp.Known known;
  private volatile Boolean managed;

  /**
   * @param pod the pod that the broker runs in; it must be Running
   * @param entered whether commands may be run in it
   */
  private InClusterBroker(
      ScenarioNamespace namespace, String pod, boolean entered, Patience patience) {
    this.namespace = namespace;
    this.patience = patience;
    this.pod = pod;
    this.entered = entered;
    this.port = new PodPort((in, out) -> pod(pod()).portForward(BrokerUrl.DEFAULT_PORT, in, out));
    this.managementPort =
        new PodPort((in, out) -> pod(pod()).portForward(MANAGEMENT_PORT, in, out));
    this.control =
        new StandingControl(
            () -> PodDialogue.start(pod(pod()), StandingControl.MARK, StandingControl.COMMAND),
            CONTROL,
            patience);
    this.administration =
        new RabbitMqAdministration(
            Management.at("http://localhost:" + managementPort.number(), GUEST, GUEST),
            STATISTICS_AGE,
            control,
            this::run);
  }

  private PodResource pod(String name) {
    return namespace.client().pods().inNamespace(namespace.name()).withName(name);
  }

  /** The pod that it runs in. */
  public String pod() {
    return pod;
  }

  /** Waits until the pod behind its Service is Ready, and reaches the broker there from now on. */
  public void follow() {
    Map<String, String> labels =
        namespace
            .client()
            .services()
            .inNamespace(namespace.name())
            .withName(SERVICE)
            .require()
            .getSpec()
            .getSelector();
    String now =
        patience.await(
            "the broker's pod to be Ready", POD, BETWEEN, () -> ready(namespace, labels));
    control.close();
    pod = now;
    port.hangUp();
    managementPort.hangUp();
    awaitAnswer();
  }

  /** Waits until it takes logins. */
  public void awaitAnswer() {
    patience.await("an AMQP login", LOGIN, BETWEEN, () -> amqp().logIn().sight(true));
    if (learned().isRabbitMq() && entered) {
      control.begin();
    }
  }

  /**
   * Stops it in its pod, whose kubelet starts it again on the same volumes; returns when it
   * answers.
   *
   * @throws EnvironmentTrouble if no command may be run in its pod
   */
  public void restart() {
    int before = restarts();
    control.close();
    try {
      run("rabbitmqctl", "stop");
    } catch (EnvironmentTrouble cutOff) {
      // The command may go down with the container; whether that ended is seen next.
    }
    patience.await(
        "the broker's container to be started again",
        POD,
        BETWEEN,
        () ->
            restarts() > before
                ? Sight.found(true)
                : Sight.<Boolean>notYet("it was not started again"));
    port.hangUp();
    managementPort.hangUp();
    awaitAnswer();
  }

  private int restarts() {
    return pod(pod).require().getStatus().getContainerStatuses().stream()
        .mapToInt(ContainerStatus::getRestartCount)
        .sum();
  }

  /** Whether it has the management plugin, and that answers; asked until it was there once. */
  private boolean isManaged() {
    if (managed == null || !managed) {
      managed = learned().isRabbitMq() && administration.unready().isEmpty();
    }
    return managed;
  }

  private ServerIdentity learned() {
    if (known == null) {
      known = amqp().learn();
    }
    return known.identity();
  }

  /**
   * Starts an edition's broker with its Service, and waits until it answers a login.
   *
   * @param image that the cluster's nodes have, or can pull
   * @param entered whether commands may be run in its pod
   */
  public static InClusterBroker start(
      Manifests manifests,
      Edition edition,
      String image,
      ScenarioNamespace namespace,
      boolean entered,
      Patience patience) {
    namespace.create(manifests.service(edition));
    InClusterBroker broker =
        startBehindService(manifests, edition, image, namespace, entered, patience);
    broker.awaitAnswer();
    return broker;
  }

  /**
   * Starts an edition's broker, whose Service is there already, and waits until its pod is Ready.
   *
   * @param image that the cluster's nodes have, or can pull
   * @param entered whether commands may be run in its pod
   */
  public static InClusterBroker startBehindService(
      Manifests manifests,
      Edition edition,
      String image,
      ScenarioNamespace namespace,
      boolean entered,
      Patience patience) {
    namespace.create(manifests.broker(edition, image, "IfNotPresent"));
    Map<String, String> labels = manifests.service(edition).getSpec().getSelector();
    String pod =
        patience.await(
            "the broker's pod to be Ready", POD, BETWEEN, () -> ready(namespace, labels));
    return new InClusterBroker(namespace, pod, entered, patience);
  }

  private static Sight<String> ready(ScenarioNamespace namespace, Map<String, String> labels) {
    List<Pod> pods =
        namespace
            .client()
            .pods()
            .inNamespace(namespace.name())
            .withLabels(labels)
            .withLabels(namespace.labels())
            .list()
            .getItems()
            .stream()
            .filter(each -> each.getMetadata().getDeletionTimestamp() == null)
            .toList();
    return ready(
        pods,
        () -> namespace.client().v1().events().inNamespace(namespace.name()).list().getItems());
  }

  /** What waits for an image that cannot be pulled, or cannot be started, is not waited for. */
  static Sight<String> ready(List<Pod> pods, Supplier<List<Event>> events) {
    if (pods.isEmpty()) {
      return Sight.notYet("no pod");
    }
    Pod pod = pods.get(0);
    if (PodHealth.isReady(pod)) {
      return Sight.found(pod.getMetadata().getName());
    }
    return PodHealth.hopeless(pod, PodHealth.failedPulls(pod, events.get()))
        .or(() -> PodHealth.failsAgainAndAgain(pod))
        .map(Sight::<String>hopeless)
        .orElseGet(() -> Sight.notYet(PodHealth.describe(pod)));
  }

  @Override
  public BrokerFacts facts() {
    return new BrokerFacts("in-cluster", learned());
  }

  @Override
  public Amqp amqp() {
    return new Amqp(
        new BrokerUrl(false, GUEST, GUEST, "localhost", port.number(), "/"),
        Optional.ofNullable(known),
        patience);
  }

  @Override
  public BrokerUrl forPods() {
    return new BrokerUrl(false, GUEST, GUEST, SERVICE, BrokerUrl.DEFAULT_PORT, "/");
  }

  @Override
  public Optional<QueueFigures> figures(String queue) {
    return isManaged() ? administration.figures("/", queue) : Optional.empty();
  }

  @Override
  public Optional<List<QueueFigures.Consumer>> consumers(String queue) {
    return isManaged() ? administration.consumers("/", queue) : Optional.empty();
  }

  /** The user is called as the namespace is. */
  @Override
  public Optional<BrokerUrl> admit(String password) {
    if (!isManaged()) {
      return Optional.empty();
    }
    administration.createUser(namespace.name(), password);
    administration.permit("/", namespace.name());
    return Optional.of(
        new BrokerUrl(false, namespace.name(), password, SERVICE, BrokerUrl.DEFAULT_PORT, "/"));
  }

  @Override
  public Depth depth(String queue) {
    if (!entered && isManaged()) {
      return managedDepth(queue);
    }
    return learned().isRabbitMq() && entered
        ? control.depth("/", queue, () -> new Rabbitmqctl(this::run).depth("/", queue))
        : Broker.super.depth(queue);
  }

  /** What the management API tells once it is certainly newer than the question. */
  private Depth managedDepth(String queue) {
    Instant newer = Instant.now().plus(STATISTICS_AGE);
    return patience.await(
        "the broker's count of queue " + queue,
        CONTROL,
        BETWEEN,
        () ->
            Instant.now().isBefore(newer)
                ? Sight.<Depth>notYet("it may be old")
                : Sight.found(administration.counted("/", queue)));
  }

  @Override
  public long persistent(String queue) {
    return learned().isRabbitMq() && entered
        ? new Rabbitmqctl(this::run).persistent("/", queue)
        : Depth.UNKNOWN;
  }

  @Override
  public void close() {
    control.close();
    port.close();
    managementPort.close();
  }

  private String run(String... command) {
    if (!entered) {
      throw new EnvironmentTrouble("No command may be run in the broker's pod: " + Right.EXEC);
    }
    PodShell shell = new PodShell(namespace.client(), namespace.name(), pod, patience);
    PodShell.Outcome outcome = shell.run(String.join(" ", command), ANSWER, command);
    if (outcome.code() != 0) {
      throw new EnvironmentTrouble(
          "%s failed in the broker's pod: %s".formatted(command[0], outcome.gist()));
    }
    return outcome.output();
  }
}
