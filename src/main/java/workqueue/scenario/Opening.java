package workqueue.scenario;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import workqueue.EnvironmentTrouble;
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
import workqueue.cluster.ThrowawayCluster;
import workqueue.configuration.BrokerChoice;
import workqueue.configuration.BrokerUrl;
import workqueue.configuration.Configuration;
import workqueue.configuration.WorkerLogin;
import workqueue.gate.TrialName;
import workqueue.history.HarnessEvent.TapPlaced;
import workqueue.history.Source;
import workqueue.observer.Observation;
import workqueue.tutorial.Manifests;
import workqueue.waiting.Aside;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;
import workqueue.wire.Peers;
import workqueue.wire.WireTap;

/** Opens a scenario's environment: its namespace with its broker, on what the run shares. */
final class Opening {
  private static final Duration SHARED = Duration.ofMinutes(15);

  private final ScenarioRun scenario;
  private final EnvironmentOptions options;
  private final ScenarioDefinition definition;
  private final SharedEnvironment shared;
  private final Configuration configuration;
  private final Patience patience;

  Opening(ScenarioRun scenario, EnvironmentOptions options) {
    this.scenario = scenario;
    this.options = options;
    this.definition = scenario.definition();
    this.shared = scenario.shared();
    this.configuration = shared.configuration();
    this.patience = shared.patience(Progress.NONE);
  }

  /**
   * Opens it.
   *
   * @throws EnvironmentTrouble if it cannot be had
   */
  ScenarioEnvironment open() {
    boolean own = hasItsOwn();
    Optional<ThrowawayCluster> ownCluster =
        own && definition.hasOwnCluster()
            ? Optional.of(scenario.owned(shared.ownCluster(definition.server())))
            : Optional.empty();
    Optional<ContainerBroker> ownBroker =
        own ? Optional.of(scenario.owned(shared.ownBroker(ownCluster))) : Optional.empty();
    BrokerChoice choice = brokerChoice(own);

    CompletableFuture<WorkerImages.Worker> making = Aside.supply(shared.workers()::worker);
    CompletableFuture<ContainerBroker> starting =
        choice instanceof BrokerChoice.Container
            ? Aside.supply(
                () -> ownBroker.map(ContainerBroker::start).orElseGet(shared::containerBroker))
            : CompletableFuture.completedFuture(null);
    Supplier<List<String>> needed = () -> imagesHere(making);
    Cluster cluster =
        ownCluster
            .<Cluster>map(each -> each.start(definition.nodes(), needed))
            .orElseGet(() -> shared.cluster(needed));
    WorkerImages.Worker worker = patience.await("the worker's image", SHARED, making);
    String image = cluster.provide(List.of(worker.name())).get(0);
    ContainerBroker beside = patience.await("the broker", SHARED, starting);

    ScenarioNamespace namespace = scenario.namespace(cluster, patience);
    Broker broker =
        scenario.opened(
            beside != null
                ? beside(beside, cluster, namespace)
                : broker(choice, cluster, namespace));
    ScenarioRecord record = scenario.record();
    record.recorder().secrets().keep(broker.forPods().password());
    Observation observation =
        scenario.opened(Observation.open(namespace, record.recorder(), patience));
    // What a broker does not tell of its queues the wire does.
    boolean tells = (beside == null) || beside.isManaged();
    Optional<WireTap> tap =
        ((beside != null) && (options.tapped() || !tells)) || isTappedByUrl(choice, cluster, broker)
            ? tap(cluster, namespace, broker)
            : Optional.empty();
    scenario.ranIn(cluster.facts(), Optional.of(broker.facts()), image, worker.digest());
    record.isPatientFor(
        options.patience().orElseGet(() -> patience.limit(configuration.patienceOrDefault())));
    return new ScenarioEnvironment(
        scenario,
        options,
        cluster,
        namespace,
        broker,
        ownBroker.filter(each -> each == beside),
        tap,
        observation,
        image,
        patience);
  }

  /**
   * Whether the scenario has a broker for itself, and a cluster if it harms nodes.
   *
   * @throws EnvironmentTrouble if it harms nodes, and the cluster is one that exists; or if its
   *     worker needs a login that cannot be made
   */
  private boolean hasItsOwn() {
    if (!definition.hasOwnCluster() && !definition.ownBroker() && builtInLogin().isEmpty()) {
      return false;
    }
    if (definition.hasOwnCluster() && configuration.cluster().exists()) {
      throw new EnvironmentTrouble(
          """
          %s harms nodes, and wq.cluster names a cluster that exists: its nodes are never touched.
          Remedy: leave wq.cluster out, so that the scenario has a throwaway cluster of its own."""
              .formatted(definition.id()));
    }
    // The broker in the namespace is each scenario's own.
    if (configuration.guest().namespace().isPresent()) {
      if (builtInLogin().isPresent()) {
        throw new EnvironmentTrouble(
            """
            The worker has its login or its virtual host built in, and the broker in the namespace \
            of wq.namespace is the documented one, with guest and / alone.
            Remedy: leave out wq.worker.user, .password and .vhost, or wq.namespace.""");
      }
      return false;
    }
    return true;
  }

  /** The login that the worker of a trial at the gate has built in. */
  private Optional<WorkerLogin> builtInLogin() {
    return definition.triesTheirWorker() ? configuration.contract().login() : Optional.empty();
  }

  /** Not where pods may not reach this JVM: their way to the broker is left as it is then. */
  private static boolean isTappedByUrl(BrokerChoice choice, Cluster cluster, Broker broker) {
    return (choice instanceof BrokerChoice.Url)
        && !(cluster instanceof ExistingCluster)
        && broker.isBehindService();
  }

  /** The worker's image if the engine holds it; what is wrong with it is told by who needs it. */
  private List<String> imagesHere(CompletableFuture<WorkerImages.Worker> making) {
    try {
      String name = patience.await("the worker's image", SHARED, making).name();
      return shared.engine().holds(name) ? List.of(name) : List.of();
    } catch (RuntimeException told) {
      return List.of();
    }
  }

  /**
   * The broker beside the cluster. Who is tried is told another name of it and another login in
   * each trial, unless those are declared, so that one that does not listen is found.
   */
  private Broker beside(ContainerBroker broker, Cluster cluster, ScenarioNamespace namespace) {
    boolean any = definition.tries() && broker.makesLogins();
    return builtInLogin()
        .or(
            () ->
                any
                    ? Optional.of(
                        new WorkerLogin(TrialName.user(), Passwords.any(), namespace.name()))
                    : Optional.empty())
        .map(login -> broker.open(cluster, namespace, service(), login))
        .orElseGet(() -> broker.openAsGuest(cluster, namespace, service()));
  }

  /** One that exists, or else one in the namespace. */
  private Broker broker(BrokerChoice choice, Cluster cluster, ScenarioNamespace namespace) {
    if (choice instanceof BrokerChoice.Url url) {
      return new ExistingBroker(
          url.address(), new Authorities(url.authorities()), namespace, service(), patience);
    }
    return InClusterBroker.start(
        new Manifests(shared.fixtures()).forBroker(configuration.brokerImage()),
        definition.brokerEdition(),
        cluster.provide(List.of(configuration.brokerImage())).get(0),
        namespace,
        cluster.may(Right.EXEC),
        patience);
  }

  private BrokerChoice brokerChoice(boolean own) {
    if (definition.brokerInCluster() || configuration.guest().namespace().isPresent()) {
      return new BrokerChoice.InCluster();
    }
    return own
        ? new BrokerChoice.Container()
        : configuration.broker().orElseGet(BrokerChoice.Container::new);
  }

  /** The name by which workers reach a broker outside the cluster. */
  private String service() {
    if (!definition.tries()) {
      return Broker.SERVICE;
    }
    return definition.triesTheirWorker()
        ? configuration.contract().host().orElseGet(TrialName::service)
        : TrialName.service();
  }

  /** Leads pods to the broker through a wire tap, if they reach this JVM. */
  private Optional<WireTap> tap(Cluster cluster, ScenarioNamespace namespace, Broker broker) {
    WireTap tap =
        scenario.opened(
            WireTap.open(
                () -> address(broker.amqp().url()),
                scenario.record().recorder(),
                origins(cluster)));
    Optional<Reach> here = cluster.reachHere(tap.port());
    here.ifPresent(
        reach -> {
          BrokerService.redirect(namespace, broker.service(), reach);
          scenario.record().recorder().record(Source.WIRE, new TapPlaced(broker.service()));
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
