package workqueue.junit;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import workqueue.broker.Authorities;
import workqueue.broker.Broker;
import workqueue.broker.BrokerService;
import workqueue.broker.ContainerBroker;
import workqueue.broker.ExistingBroker;
import workqueue.broker.InClusterBroker;
import workqueue.broker.Passwords;
import workqueue.cluster.Cluster;
import workqueue.cluster.Cluster.Reach;
import workqueue.cluster.ExistingCluster;
import workqueue.cluster.Right;
import workqueue.cluster.ScenarioNamespace;
import workqueue.configuration.BrokerChoice;
import workqueue.configuration.BrokerUrl;
import workqueue.configuration.Configuration;
import workqueue.configuration.WorkerLogin;
import workqueue.gate.TrialName;
import workqueue.history.HarnessEvent.TapPlaced;
import workqueue.history.Source;
import workqueue.observer.BrokerWatch;
import workqueue.observer.Observation;
import workqueue.tutorial.Manifests;
import workqueue.waiting.Aside;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;
import workqueue.wire.Peers;
import workqueue.wire.WireTap;

/** Opens a scenario's namespace with its broker, and has both watched. */
final class Opening {
  private static final Duration SHARED = Duration.ofMinutes(15);

  private final ScenarioRun scenario;

  Opening(ScenarioRun scenario) {
    this.scenario = scenario;
  }

  /**
   * Opens it.
   *
   * @param tapped whether a wire tap is to stand before the broker, if pods reach this JVM
   */
  Opened open(boolean tapped) {
    Run run = scenario.shared();
    Configuration configuration = run.configuration();
    Patience patience = run.patience(Progress.NONE);
    Optional<OwnEnvironment> own = scenario.own();
    BrokerChoice choice = brokerChoice(configuration, own.isPresent());

    CompletableFuture<SharedWorker> making = Aside.supply(run::worker);
    CompletableFuture<ContainerBroker> starting =
        choice instanceof BrokerChoice.Container
            ? Aside.supply(
                () -> own.map(OwnEnvironment::startBroker).orElseGet(run::containerBroker))
            : CompletableFuture.completedFuture(null);
    Cluster cluster =
        own.flatMap(each -> each.startCluster(() -> imagesHere(making, patience)))
            .orElseGet(() -> run.cluster(() -> imagesHere(making, patience)));
    SharedWorker worker = patience.await("the worker's image", SHARED, making);
    String image = cluster.provide(List.of(worker.name())).get(0);
    ContainerBroker beside = patience.await("the broker", SHARED, starting);

    ScenarioNamespace namespace = scenario.namespace(cluster, patience);
    Recording recording = scenario.recording();
    Broker broker =
        scenario.opened(
            beside != null
                ? beside(beside, cluster, namespace)
                : broker(choice, cluster, namespace, patience));
    recording.recorder().secrets().keep(broker.forPods().password());
    Observation observation =
        scenario.opened(Observation.open(namespace, recording.recorder(), patience));
    // What a broker does not tell of its queues the wire does.
    boolean tells = (beside == null) || beside.identity().isRabbitMq();
    Optional<WireTap> tap =
        ((beside != null) && (tapped || !tells)) || isTappedByUrl(choice, cluster, broker)
            ? tap(cluster, namespace, broker)
            : Optional.empty();
    scenario.ranOn(cluster.facts(), Optional.of(broker.facts()), image, worker.digest());
    BrokerWatch depths = new BrokerWatch(broker, recording.recorder());
    Optional<ContainerBroker> ownBroker =
        own.map(OwnEnvironment::broker).filter(each -> each == beside);
    if (ownBroker.isPresent()) {
      scenario.opened(depths.samplingAlarms());
    }
    return new Opened(
        cluster, namespace, broker, ownBroker, tap, observation, depths, image, patience);
  }

  /** Not where pods may not reach this JVM: their way to the broker is left as it is then. */
  private static boolean isTappedByUrl(BrokerChoice choice, Cluster cluster, Broker broker) {
    return (choice instanceof BrokerChoice.Url)
        && !(cluster instanceof ExistingCluster)
        && broker.isBehindService();
  }

  /** The worker's image if the engine holds it; what is wrong with it is told by who needs it. */
  private List<String> imagesHere(CompletableFuture<SharedWorker> making, Patience patience) {
    try {
      String name = patience.await("the worker's image", SHARED, making).name();
      return scenario.shared().engine().holds(name) ? List.of(name) : List.of();
    } catch (RuntimeException told) {
      return List.of();
    }
  }

  /**
   * The broker beside the cluster. Who is tried is told another name of it and another login in
   * each trial, unless those are declared, so that one that does not listen is found.
   */
  private Broker beside(ContainerBroker broker, Cluster cluster, ScenarioNamespace namespace) {
    boolean any = scenario.definition().tries() && broker.makesLogins();
    return scenario
        .builtInLogin()
        .or(
            () ->
                any
                    ? Optional.of(
                        new WorkerLogin(TrialName.user(), Passwords.any(), namespace.name()))
                    : Optional.empty())
        .map(login -> broker.open(cluster, namespace, scenario.service(), login))
        .orElseGet(() -> broker.openAsGuest(cluster, namespace, scenario.service()));
  }

  /** One that exists, or else one in the namespace. */
  private Broker broker(
      BrokerChoice choice, Cluster cluster, ScenarioNamespace namespace, Patience patience) {
    if (choice instanceof BrokerChoice.Url url) {
      return new ExistingBroker(
          url.address(),
          new Authorities(url.authorities()),
          namespace,
          scenario.service(),
          patience);
    }
    Run run = scenario.shared();
    return InClusterBroker.start(
        new Manifests(run.fixtures()).forBroker(run.configuration().brokerImage()),
        scenario.brokerEdition(),
        cluster.provide(List.of(run.configuration().brokerImage())).get(0),
        namespace,
        cluster.may(Right.EXEC),
        patience);
  }

  private BrokerChoice brokerChoice(Configuration configuration, boolean own) {
    if (scenario.brokerInCluster() || configuration.guest().namespace().isPresent()) {
      return new BrokerChoice.InCluster();
    }
    return own
        ? new BrokerChoice.Container()
        : configuration.broker().orElseGet(BrokerChoice.Container::new);
  }

  /** Leads pods to the broker through a wire tap, if they reach this JVM. */
  private Optional<WireTap> tap(Cluster cluster, ScenarioNamespace namespace, Broker broker) {
    WireTap tap =
        scenario.opened(
            WireTap.open(
                () -> address(broker.amqp().url()),
                scenario.recording().recorder(),
                origins(cluster)));
    Optional<Reach> here = cluster.reachHere(tap.port());
    here.ifPresent(
        reach -> {
          BrokerService.redirect(namespace, broker.service(), reach);
          scenario.recording().recorder().record(Source.WIRE, new TapPlaced(broker.service()));
        });
    return here.map(reach -> tap);
  }

  private static InetSocketAddress address(BrokerUrl url) {
    return new InetSocketAddress(url.host(), url.port());
  }

  private static Peers origins(Cluster cluster) {
    return (peer, port) ->
        cluster
            .podBehind(peer, port)
            .map(address -> new Peers.Origin("", address, "by its node's table of connections"));
  }
}
