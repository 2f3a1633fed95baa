package workqueue.broker;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

/** A broker in a pod of the scenario's own namespace, reached through a port of this machine. */
public final class InClusterBroker implements Broker {
  private static final String GUEST = "guest";
  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final Duration CONTROL = Duration.ofSeconds(30);

  private static final Duration POD = Duration.ofMinutes(3);
  private static final Duration LOGIN = Duration.ofMinutes(6);
  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final ScenarioNamespace namespace;
  private final Patience patience;
  private final Map<Integer, PodPort> ports = new ConcurrentHashMap<>();
  private final BrokerHost host = new Host();
  private final boolean entered;
  private volatile String pod;
  private Amqp.Known known;
  private Optional<Administration> administration = Optional.empty();

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
    leave();
    pod = now;
    awaitAnswer();
  }

  /** Waits until it takes logins. */
  public void awaitAnswer() {
    patience.await("an AMQP login", LOGIN, BETWEEN, () -> amqp().logIn().sight(true));
    administration().ifPresent(Administration::begin);
  }

  /**
   * Stops it in its pod, whose kubelet starts it again on the same volumes; returns when it
   * answers.
   *
   * @throws UnsupportedByBroker if it has no administration by which it could be stopped
   * @throws EnvironmentTrouble if no command may be run in its pod
   */
  public void restart() {
    Administration stopping =
        administration()
            .orElseThrow(() -> ContainerBroker.unmanaged(facts().identity(), "stop it in its pod"));
    int before = restarts();
    stopping.close();
    try {
      stopping.stop();
    } catch (EnvironmentTrouble cutOff) {
      // The command may go down with the container; whether that ended is seen next.
    }
    patience.await(
        "the broker's container to be started again",
        POD,
        BETWEEN,
        () -> Sight.when(restarts() > before, "it was not started again"));
    leave();
    awaitAnswer();
  }

  /** Gives up what is open to its pod; what is asked next opens it again. */
  private synchronized void leave() {
    administration.ifPresent(Administration::close);
    ports.values().forEach(PodPort::hangUp);
  }

  private int restarts() {
    return pod(pod).require().getStatus().getContainerStatuses().stream()
        .mapToInt(ContainerStatus::getRestartCount)
        .sum();
  }

  private synchronized Amqp.Known known() {
    if (known == null) {
      known = amqp(Optional.empty()).learn();
      administration =
          Product.of(known.identity()).map(each -> each.administration(host, GUEST, GUEST));
    }
    return known;
  }

  private synchronized Optional<Administration> administration() {
    known();
    return administration;
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
    return new BrokerFacts("in-cluster", known().identity());
  }

  @Override
  public Amqp amqp() {
    return amqp(learnt());
  }

  private synchronized Optional<Amqp.Known> learnt() {
    return Optional.ofNullable(known);
  }

  private Amqp amqp(Optional<Amqp.Known> learnt) {
    return new Amqp(
        new BrokerUrl(
            false, GUEST, GUEST, "localhost", reached(BrokerUrl.DEFAULT_PORT).number(), "/"),
        learnt,
        patience);
  }

  /** A port of this machine that leads to one of its pod's. */
  private PodPort reached(int port) {
    return ports.computeIfAbsent(
        port, each -> new PodPort((in, out) -> pod(pod()).portForward(each, in, out)));
  }

  @Override
  public BrokerUrl forPods() {
    return new BrokerUrl(false, GUEST, GUEST, SERVICE, BrokerUrl.DEFAULT_PORT, "/");
  }

  @Override
  public Optional<QueueFigures> figures(String queue) {
    return administration().flatMap(asked -> asked.figures("/", queue));
  }

  @Override
  public Optional<List<QueueFigures.Consumer>> consumers(String queue) {
    return administration().flatMap(asked -> asked.consumers("/", queue));
  }

  /** The user is called as the namespace is. */
  @Override
  public Optional<BrokerUrl> admit(String password) {
    return administration()
        .filter(asked -> asked.unready().isEmpty())
        .map(
            asked -> {
              asked.createUser(namespace.name(), password);
              asked.permit("/", namespace.name());
              return new BrokerUrl(
                  false, namespace.name(), password, SERVICE, BrokerUrl.DEFAULT_PORT, "/");
            });
  }

  @Override
  public Depth depth(String queue) {
    return administration()
        .flatMap(asked -> asked.depth("/", queue))
        .orElseGet(() -> Broker.super.depth(queue));
  }

  @Override
  public long persistent(String queue) {
    return administration().map(asked -> asked.persistent("/", queue)).orElse(Depth.UNKNOWN);
  }

  @Override
  public synchronized void close() {
    administration.ifPresent(Administration::close);
    ports.values().forEach(PodPort::close);
  }

  /** Its pod. */
  private final class Host implements BrokerHost {
    @Override
    public boolean hasFiles() {
      return false;
    }

    @Override
    public boolean isEntered() {
      return entered;
    }

    @Override
    public String run(String... command) {
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

    @Override
    public Dialogue converse(String mark, String... command) {
      return PodDialogue.start(pod(pod()), mark, command);
    }

    @Override
    public Duration answer() {
      return CONTROL;
    }

    @Override
    public String http(int port) {
      return "http://localhost:" + reached(port).number();
    }

    @Override
    public Patience patience() {
      return patience;
    }
  }
}
