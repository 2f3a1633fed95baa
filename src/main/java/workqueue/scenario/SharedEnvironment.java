package workqueue.scenario;

import io.fabric8.kubernetes.api.model.Namespace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.testcontainers.containers.Network;
import workqueue.ResourceStack;
import workqueue.broker.Authorities;
import workqueue.broker.ContainerBroker;
import workqueue.broker.ExistingBroker;
import workqueue.cluster.Cluster;
import workqueue.cluster.Engine;
import workqueue.cluster.ExistingCluster;
import workqueue.cluster.ImageFacts;
import workqueue.cluster.Kubeconfig;
import workqueue.cluster.Leftovers;
import workqueue.cluster.Registry;
import workqueue.cluster.RequestFile;
import workqueue.cluster.RunLock;
import workqueue.cluster.ScenarioNamespace;
import workqueue.cluster.ThrowawayCluster;
import workqueue.configuration.BrokerChoice;
import workqueue.configuration.ClusterChoice;
import workqueue.configuration.Configuration;
import workqueue.configuration.FixturesFolder;
import workqueue.configuration.Images;
import workqueue.conformance.Conformance;
import workqueue.report.Narration;
import workqueue.tutorial.Fixtures;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;

/**
 * What the scenarios of a run share: engine, cluster, broker, images; each is there from its first
 * use to the end of the run.
 */
public final class SharedEnvironment {
  private final String run;
  private final Path reports;
  private final Narration narration;
  private final Supplier<Configuration> configured;
  private final Once<Fixtures> fixtures = new Once<>();
  private final Once<Engine> engine = new Once<>();
  private final Once<RunLock> lock = new Once<>();
  private final Once<Cluster> cluster = new Once<>();
  private final Once<ThrowawayCluster> throwaway = new Once<>();
  private final Once<ContainerBroker> containerBroker = new Once<>();
  private final Set<ScenarioNamespace> namespaces = ConcurrentHashMap.newKeySet();
  private final ResourceStack opened = new ResourceStack("the run");
  private final WorkerImages workers = new WorkerImages(this);

  /**
   * Nothing is started yet.
   *
   * @param run its id
   * @param configured gives the parameters, or says what is wrong with them
   */
  SharedEnvironment(
      String run, Path reports, Narration narration, Supplier<Configuration> configured) {
    this.run = run;
    this.reports = reports;
    this.narration = narration;
    this.configured = configured;
  }

  /** The id of the run. */
  String run() {
    return run;
  }

  public Fixtures fixtures() {
    return fixtures.get(() -> new Fixtures(FixturesFolder.root()));
  }

  Configuration configuration() {
    return configured.get();
  }

  Images images() {
    return configuration().images();
  }

  Patience patience(Progress progress) {
    return new Patience(configuration().timeoutScale(), progress);
  }

  Engine engine() {
    return engine.get(this::connectEngine);
  }

  private Optional<Engine> engineIfPossible() {
    return engine.ifPossible(this::connectEngine);
  }

  private Engine connectEngine() {
    Engine connected = Engine.connect(patience(Progress.NONE));
    new Leftovers(connected, RunLock.usualFolder())
        .remove()
        .forEach(what -> System.err.println("Removed what a dead run had left: " + what));
    return connected;
  }

  /**
   * What this machine's engine tells of an image; empty if there is none, or it does not hold it.
   */
  Optional<ImageFacts> facts(String image) {
    return engineIfPossible().flatMap(each -> each.facts(image));
  }

  /** The labels of what the run makes in the engine. */
  Map<String, String> labels() {
    return lock().labels();
  }

  RunLock lock() {
    return lock.get(
        () ->
            opened.push(
                RunLock.take(RunLock.usualFolder(), run, configuration().keep().keeps(true))));
  }

  /** The images that workers run in. */
  WorkerImages workers() {
    return workers;
  }

  /**
   * The cluster.
   *
   * @param needed images of this machine's engine that are loaded while a throwaway one starts
   */
  Cluster cluster(Supplier<List<String>> needed) {
    return cluster.get(() -> startCluster(needed));
  }

  private Cluster startCluster(Supplier<List<String>> needed) {
    Configuration wanted = configuration();
    // A broker that cannot be used is told before anything is started for it.
    if (wanted.broker().orElse(null) instanceof BrokerChoice.Url broker) {
      ExistingBroker.require(broker.address(), new Authorities(broker.authorities()));
    }
    if (!wanted.cluster().exists()) {
      return throwaway().start(wanted.clusterNodes(), needed);
    }
    if (wanted.guest().namespace().isPresent()) {
      return opened.push(stay(wanted, wanted.guest().namespace().get()));
    }
    Optional<String> context =
        wanted.cluster() instanceof ClusterChoice.Context named
            ? Optional.of(named.name())
            : Optional.empty();
    Cluster existing =
        opened.push(
            ExistingCluster.connect(
                Kubeconfig.usual(), context, registry(wanted), engineIfPossible()));
    tellLeftovers(existing);
    return existing;
  }

  private Cluster stay(Configuration wanted, String namespace) {
    Kubeconfig kubeconfig = Kubeconfig.usual();
    return ExistingCluster.stay(
        Conformance.config(kubeconfig, wanted.cluster()),
        kubeconfig,
        registry(wanted),
        wanted.registry().flatMap(any -> engineIfPossible()),
        new ExistingCluster.Staying(
            namespace,
            run,
            wanted.guest().pullSecrets(),
            wanted.guest().overlay(),
            opened.push(new RequestFile(reports))));
  }

  private static Optional<Registry> registry(Configuration wanted) {
    return wanted.registry().map(address -> new Registry(address.toString()));
  }

  private void tellLeftovers(Cluster existing) {
    List<String> left =
        existing.client().namespaces().withLabel(RunLock.LABEL).list().getItems().stream()
            .map(Namespace::getMetadata)
            .filter(each -> !run.equals(each.getLabels().get(RunLock.LABEL)))
            .map(each -> each.getName())
            .toList();
    if (!left.isEmpty()) {
      narration
          .scenario("cluster", 0)
          .says(
              "Other runs left namespaces here, unless they still run. To remove them:\n"
                  + "  kubectl delete namespace "
                  + String.join(" ", left));
    }
  }

  private ThrowawayCluster throwaway() {
    return throwaway.get(() -> opened.push(newCluster()));
  }

  private ThrowawayCluster newCluster() {
    return new ThrowawayCluster(
        engine(),
        configuration().clusterImage(),
        images().registry(),
        lock(),
        patience(Progress.NONE));
  }

  /**
   * A cluster for one scenario, whose nodes it may harm, not started yet.
   *
   * @param server what its server is told besides
   */
  ThrowawayCluster ownCluster(List<String> server) {
    return newCluster().telling(server).keepingItsPort();
  }

  /** The broker beside the cluster; it starts without waiting for a throwaway one. */
  ContainerBroker containerBroker() {
    return containerBroker.get(
        () -> opened.push(newBroker(beside().map(ThrowawayCluster::network))).start());
  }

  /**
   * A broker for one scenario, which it may stop, not started yet.
   *
   * @param own the scenario's own cluster, if it has one
   */
  ContainerBroker ownBroker(Optional<ThrowawayCluster> own) {
    return newBroker(own.or(this::beside).map(ThrowawayCluster::network)).keepingItsPorts();
  }

  private Optional<ThrowawayCluster> beside() {
    return configuration().cluster().exists() ? Optional.empty() : Optional.of(throwaway());
  }

  private ContainerBroker newBroker(Optional<Network> network) {
    return new ContainerBroker(
        configuration().brokerImage(), network, lock(), patience(Progress.NONE));
  }

  /** What is to be told of the shared broker when all is over. */
  Optional<String> deprecations() {
    return containerBroker.made().flatMap(ContainerBroker::deprecations);
  }

  /** Has something closed with the run, what was opened last first. */
  <T extends AutoCloseable> T closes(T resource) {
    return opened.push(resource);
  }

  /** What a scenario had for itself is gone with it. */
  void tookDown(AutoCloseable used) {
    opened.remove(used);
  }

  /** Has a namespace removed when the run ends early, and awaited when it does not. */
  void made(ScenarioNamespace namespace) {
    namespaces.add(namespace);
  }

  /** On a cluster that stays, what the run made there is gone before the run ends. */
  void awaitNamespacesGone() {
    if (stays()) {
      namespaces.forEach(ScenarioNamespace::awaitGone);
      namespaces.clear();
    }
  }

  private boolean stays() {
    return cluster.made().filter(ExistingCluster.class::isInstance).isPresent();
  }

  /** Closes all that was opened. */
  void close() {
    if (stays()) {
      namespaces.forEach(opened::push);
    }
    opened.close();
  }

  /** Leaves all that was opened, and tells how to look at it and how to remove it. */
  void keep() {
    lock.made().ifPresent(RunLock::keepWhatIsMade);
    cluster
        .made()
        .map(
            each ->
                each instanceof ThrowawayCluster kept
                    ? kept(kept)
                    : """
                    To look: kubectl get pods --all-namespaces
                    To remove: kubectl delete namespace -l %s=%s"""
                        .formatted(RunLock.LABEL, run))
        .ifPresent(narration.scenario("kept", 0)::says);
  }

  /** How to look at a throwaway cluster that stays, and how to remove all that the run left. */
  String kept(ThrowawayCluster kept) {
    return """
        To look: docker exec -it %s kubectl get pods --all-namespaces
        To remove: docker rm -fv $(docker ps -aq --filter label=%s=%s) && docker \
        network rm $(docker network ls -q --filter label=%s=%s)"""
        .formatted(kept.serverContainer(), RunLock.LABEL, run, RunLock.LABEL, run);
  }
}
