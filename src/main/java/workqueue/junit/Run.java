package workqueue.junit;

import io.fabric8.kubernetes.api.model.Namespace;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.containers.Network;
import workqueue.EnvironmentTrouble;
import workqueue.ResourceStack;
import workqueue.Rule;
import workqueue.broker.Authorities;
import workqueue.broker.ContainerBroker;
import workqueue.broker.ExistingBroker;
import workqueue.checker.claim.Verdict;
import workqueue.cluster.Cluster;
import workqueue.cluster.Engine;
import workqueue.cluster.ExistingCluster;
import workqueue.cluster.ImageFacts;
import workqueue.cluster.Kubeconfig;
import workqueue.cluster.Leftovers;
import workqueue.cluster.Registry;
import workqueue.cluster.RunLock;
import workqueue.cluster.ScenarioNamespace;
import workqueue.cluster.ThrowawayCluster;
import workqueue.configuration.AvailableImages;
import workqueue.configuration.BrokerChoice;
import workqueue.configuration.ClusterChoice;
import workqueue.configuration.Configuration;
import workqueue.configuration.ConformanceMode;
import workqueue.configuration.FixturesFolder;
import workqueue.configuration.Generation;
import workqueue.configuration.Images;
import workqueue.configuration.Parameter;
import workqueue.configuration.ScenarioChoice;
import workqueue.configuration.WorkerChoice;
import workqueue.configuration.WorkerLogin;
import workqueue.conformance.Checks;
import workqueue.conformance.Conformance;
import workqueue.conformance.PatternImages;
import workqueue.conformance.Visited;
import workqueue.gate.BaselineFile;
import workqueue.gate.Trials;
import workqueue.report.AllureRun;
import workqueue.report.BehaviourCard;
import workqueue.report.Narration;
import workqueue.report.Narrator;
import workqueue.report.ResultFile;
import workqueue.report.RunInfo;
import workqueue.report.RunReport;
import workqueue.report.RunResult;
import workqueue.report.ScenarioResult;
import workqueue.tutorial.Fixtures;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;
import workqueue.waiting.WaitedInVain;
import workqueue.workload.FolderCopy;
import workqueue.workload.PackageRegistries;
import workqueue.workload.WorkerImage;

/**
 * What the scenarios of a run share: parameters, cluster, broker, report; each is there from its
 * first use to the end of the run.
 *
 * <p>It lives in JUnit's root store, which closes it; a JVM that is told to stop closes it too.
 */
final class Run implements AutoCloseable {
  /** The suites that can stay in a namespace that exists. */
  private static final List<String> STAYING = List.of("walkthrough.", "gate.", "conformance.");

  private final RunInfo info = RunInfo.start();
  private final Narration narration = Narrator.on(System.out);
  private final Path reports;
  private final RunReport report;
  private final Thread atStop = new Thread(this::stop, "work-queue-stop");
  private final Once<Configuration> configuration;
  private final Once<Fixtures> fixtures = new Once<>();
  private final Once<Engine> engine = new Once<>();
  private final Once<RunLock> lock = new Once<>();
  private final Once<Cluster> cluster = new Once<>();
  private final Once<ThrowawayCluster> throwaway = new Once<>();
  private final Once<ContainerBroker> containerBroker = new Once<>();
  private final Once<SharedWorker> worker = new Once<>();
  private final Once<Visited> visited = new Once<>();
  private final Once<WorkerImage> bench = new Once<>();
  private final Map<Path, Once<WorkerImage>> specimens = new ConcurrentHashMap<>();
  private final Map<String, String> given;
  private final Set<ScenarioNamespace> namespaces = ConcurrentHashMap.newKeySet();
  private final Semaphore turn = new Semaphore(1);
  private final int anySeed = new SecureRandom().nextInt(Short.MAX_VALUE);
  private final Semaphore ownClusters = new Semaphore(2);
  private final ResourceStack opened = new ResourceStack("the run");
  private final Set<String> known = new ConcurrentSkipListSet<>();
  private final List<String> failedBefore;
  private final List<Method> methods;
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(Run::tickerThread);
  private final Future<?> telling;
  private final Once<OptionalInt> planned = new Once<>();
  private volatile boolean chosen;
  private final Blames blames = new Blames();
  private final Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
  private volatile boolean anyFailed;
  private boolean stopped;

  private Run(Map<String, String> given, Path reports, List<Method> methods) {
    this.given = given;
    this.methods = methods;
    this.reports = reports;
    this.failedBefore = ResultFile.notValid(reports);
    this.report = RunReport.begin(reports, info);
    this.configuration = new Once<>();
    Runtime.getRuntime().addShutdownHook(atStop);
    telling =
        ticker.scheduleWithFixedDelay(
            () -> narration.progress(report.progress(planned())), 1, 1, TimeUnit.SECONDS);
  }

  private static Thread tickerThread(Runnable work) {
    Thread thread = new Thread(work, "work-queue-progress");
    thread.setDaemon(true);
    return thread;
  }

  /** The run that the context belongs to; the first to ask begins it. */
  static Run of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(Run.class))
        .getOrComputeIfAbsent(
            Run.class,
            key -> new Run(given(context), ReportsFolder.of(context), ScenarioPlan.of(context)),
            Run.class);
  }

  /** Every {@code wq.} name that was given, so that a misspelt one is found. */
  private static Map<String, String> given(ExtensionContext context) {
    Map<String, String> given = new TreeMap<>();
    for (Parameter parameter : Parameter.values()) {
      context
          .getConfigurationParameter(parameter.key())
          .ifPresent(value -> given.put(parameter.key(), value));
    }
    System.getProperties()
        .stringPropertyNames()
        .forEach(
            name -> {
              if (name.startsWith(Parameter.PREFIX)) {
                given.put(name, System.getProperty(name));
              }
            });
    return given;
  }

  String id() {
    return info.id();
  }

  Path reports() {
    return reports;
  }

  Fixtures fixtures() {
    return fixtures.get(() -> new Fixtures(FixturesFolder.root()));
  }

  RunReport report() {
    return report;
  }

  Narration narration() {
    return narration;
  }

  /** How often each scenario runs; once where the parameters are wrong, to tell so. */
  int repetitions() {
    return configuration.ifPossible(this::readConfiguration).map(Configuration::repeat).orElse(1);
  }

  /** The seed of the run's first schedule of random faults; any, unless one is given. */
  int chaosSeed() {
    return configuration().chaosSeed().orElse(anySeed);
  }

  /**
   * Whether the scenario is to run; why not is noted, unless it was not chosen. Where the
   * parameters are wrong it is, to tell so.
   */
  boolean applies(ScenarioDefinition scenario) {
    known.add(scenario.id());
    Optional<Configuration> wanted = configuration.ifPossible(this::readConfiguration);
    if (wanted.isEmpty()) {
      return true;
    }
    Optional<ScenarioChoice> choice = wanted.get().scenarios().map(this::resolved);
    if (choice.isPresent() && !choice.get().chooses(scenario.id())) {
      return false;
    }
    chosen = true;
    Optional<String> reason = whyNotAsked(wanted.get(), scenario.id());
    reason.ifPresent(why -> report.notRun(scenario.id(), why));
    return reason.isEmpty();
  }

  private ScenarioChoice resolved(ScenarioChoice choice) {
    return choice.isOfFailed() ? ScenarioChoice.of(failedBefore) : choice;
  }

  /** Whether a scenario of a suite that runs is to run. */
  boolean comes(String scenario) {
    Configuration wanted = configuration();
    return wanted.scenarios().map(this::resolved).map(all -> all.chooses(scenario)).orElse(true)
        && whyNotAsked(wanted, scenario).isEmpty();
  }

  private static Optional<String> whyNotAsked(Configuration wanted, String scenario) {
    return GateContract.of(wanted)
        .whyNotJudged(scenario)
        .or(() -> GateCosts.whyNotAsked(wanted, scenario))
        .or(() -> whyNotInNamespace(wanted, scenario));
  }

  /** What workers cost is read from nodes. */
  private static Optional<String> whyNotInNamespace(Configuration wanted, String scenario) {
    boolean costs =
        Trials.rule(scenario)
            .filter(rule -> rule == Rule.BASELINE || rule == Rule.AGAINST)
            .isPresent();
    return costs && wanted.guest().namespace().isPresent()
        ? Optional.of("what a worker costs is told by nodes, which wq.namespace does not look at")
        : Optional.empty();
  }

  /** Whose each fault of the worker at the gate is. */
  Blames blames() {
    return blames;
  }

  /**
   * Refuses a choice that chose nothing.
   *
   * @throws EnvironmentTrouble that names the nearest scenario
   */
  private void requireChosen() {
    if (chosen || known.isEmpty()) {
      return;
    }
    configuration
        .made()
        .flatMap(Configuration::scenarios)
        .ifPresent(
            choice -> {
              String message =
                  choice.isOfFailed()
                      ? "wq.scenario=failed: no scenario of the run before is known to have failed."
                      : choice.matchesNone(known);
              // JUnit names what fails while it closes a run by its trace only.
              narration.scenario("wq.scenario", 0).says(message);
              throw new EnvironmentTrouble(message);
            });
  }

  /** Whether the user wants to keep what a scenario made. */
  boolean keeps(boolean failed) {
    return configuration.made().map(each -> each.keep().keeps(failed)).orElse(false);
  }

  /**
   * What a scenario holds a permit of while it runs, if only so many may run at a time: one on a
   * broker by URL or in one namespace, and two with a cluster of their own, which mostly wait for a
   * node to be missed.
   */
  Optional<Semaphore> turn(ScenarioDefinition scenario) {
    if (configuration.made().flatMap(each -> each.guest().namespace()).isPresent()) {
      return Optional.of(turn);
    }
    if (scenario.nodes() > 0) {
      return Optional.of(ownClusters);
    }
    return configuration
        .made()
        .flatMap(Configuration::broker)
        .filter(BrokerChoice.Url.class::isInstance)
        .map(url -> turn);
  }

  Images images() {
    return configuration().images();
  }

  Configuration configuration() {
    return configuration.get(this::readConfiguration);
  }

  private Configuration readConfiguration() {
    return Configuration.from(given, AvailableImages.here());
  }

  Patience patience(Progress progress) {
    return new Patience(configuration().timeoutScale(), progress);
  }

  Engine engine() {
    return engine.get(this::connectEngine);
  }

  private Engine connectEngine() {
    Engine connected = Engine.connect(patience(Progress.NONE));
    new Leftovers(connected, RunLock.usualFolder())
        .remove()
        .forEach(what -> System.err.println("Removed what a dead run had left: " + what));
    return connected;
  }

  /** The labels of what the run makes in the engine. */
  Map<String, String> labels() {
    return lock().labels();
  }

  private RunLock lock() {
    return lock.get(() -> opened.push(RunLock.take(RunLock.usualFolder(), info.id(), keeps(true))));
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
                Kubeconfig.usual(),
                context,
                wanted.registry().map(address -> new Registry(address.toString())),
                engine.ifPossible(this::connectEngine)));
    tellLeftovers(existing);
    return existing;
  }

  private Cluster stay(Configuration wanted, String namespace) {
    Kubeconfig kubeconfig = Kubeconfig.usual();
    return ExistingCluster.stay(
        Conformance.config(kubeconfig, wanted.cluster()),
        kubeconfig,
        wanted.registry().map(address -> new Registry(address.toString())),
        wanted.registry().flatMap(any -> engine.ifPossible(this::connectEngine)),
        new ExistingCluster.Staying(
            namespace,
            info.id(),
            wanted.guest().pullSecrets(),
            wanted.guest().overlay(),
            opened.push(new RequestFile(reports))));
  }

  /**
   * Refuses a scenario that would leave the namespace that the run is to stay in.
   *
   * @throws EnvironmentTrouble if so
   */
  void requireStays(ScenarioDefinition scenario) {
    Optional<String> namespace = configuration.made().flatMap(wanted -> wanted.guest().namespace());
    boolean stays = STAYING.stream().anyMatch(scenario.id()::startsWith);
    if (namespace.isPresent() && !stays) {
      throw new EnvironmentTrouble(leavesItsNamespace(namespace.get()));
    }
  }

  /** How closely the cluster is checked; quick where the parameters are wrong, to tell so. */
  ConformanceMode conformanceMode() {
    return configuration
        .ifPossible(this::readConfiguration)
        .map(each -> each.guest().mode())
        .orElse(ConformanceMode.QUICK);
  }

  /** What a visit to the run's cluster came to; made once. */
  Visited visited() {
    return visited.get(this::visit);
  }

  private Visited visit() {
    Configuration wanted = configuration();
    Visited seen = wanted.cluster().exists() ? visitTheirs(wanted) : visitThrowaway(wanted);
    report.visit(seen.result());
    seen.lines().forEach(narration.scenario(Checks.SUITE, 0)::says);
    return seen;
  }

  /** A cluster that exists is visited in a namespace that exists; the images are in a registry. */
  private Visited visitTheirs(Configuration wanted) {
    Kubeconfig kubeconfig = Kubeconfig.usual();
    String namespace =
        wanted
            .guest()
            .namespace()
            .orElseThrow(
                () ->
                    new EnvironmentTrouble(
                        """
                        wq.namespace is missing: a cluster that exists is checked in a namespace that \
                        exists.
                        Remedy: -Dwq.namespace=<its name>."""));
    return new Conformance(fixtures(), reports)
        .visit(
            Conformance.config(kubeconfig, wanted.cluster()),
            kubeconfig,
            wanted,
            conformanceMode(),
            namespace,
            patternImages(wanted),
            info.id());
  }

  /** Who only looks runs no worker, and none is built for that. */
  private PatternImages patternImages(Configuration wanted) {
    return looksOnly()
        ? PatternImages.of(wanted)
        : new PatternImages(worker().name(), wanted.brokerImage());
  }

  private boolean looksOnly() {
    return conformanceMode() == ConformanceMode.PREFLIGHT;
  }

  /** A throwaway cluster is visited as if it were somebody else's, in a namespace that is there. */
  private Visited visitThrowaway(Configuration wanted) {
    PatternImages images = patternImages(wanted);
    List<String> needed = looksOnly() ? List.of() : List.of(images.worker(), images.broker());
    Cluster fresh = cluster(() -> needed);
    ScenarioNamespace namespace =
        ScenarioNamespace.open(fresh.client(), Checks.SUITE, info.id(), patience(Progress.NONE));
    made(namespace);
    fresh.provide(needed);
    return new Conformance(fixtures(), reports)
        .visit(
            fresh.client().getConfiguration(),
            Kubeconfig.of(Path.of("of the throwaway cluster")),
            wanted,
            conformanceMode(),
            namespace.name(),
            images,
            info.id());
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

  private void tellLeftovers(Cluster existing) {
    List<String> left =
        existing.client().namespaces().withLabel(RunLock.LABEL).list().getItems().stream()
            .map(Namespace::getMetadata)
            .filter(each -> !info.id().equals(each.getLabels().get(RunLock.LABEL)))
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

  /** The broker beside the cluster; it starts without waiting for a throwaway one. */
  ContainerBroker containerBroker() {
    return containerBroker.get(
        () ->
            opened
                .push(
                    newBroker(
                        configuration().cluster().exists()
                            ? Optional.empty()
                            : Optional.of(throwaway().network())))
                .start());
  }

  private ContainerBroker newBroker(Optional<Network> network) {
    return new ContainerBroker(
        configuration().brokerImage(), network, lock(), patience(Progress.NONE));
  }

  /**
   * What a scenario has for itself, not started yet; empty where it shares what the run has.
   *
   * @throws EnvironmentTrouble if it harms nodes, and the cluster is one that exists
   */
  Optional<OwnEnvironment> own(ScenarioDefinition scenario) {
    if (scenario.nodes() == 0 && !scenario.ownBroker() && builtInLogin(scenario).isEmpty()) {
      return Optional.empty();
    }
    boolean exists = configuration().cluster().exists();
    if (scenario.nodes() > 0 && exists) {
      throw new EnvironmentTrouble(nodesAreSpared(scenario.id()));
    }
    // The broker in the namespace is each scenario's own.
    if (configuration().guest().namespace().isPresent()) {
      if (builtInLogin(scenario).isPresent()) {
        throw new EnvironmentTrouble(noLoginsMade());
      }
      return Optional.empty();
    }
    Optional<ThrowawayCluster> ownCluster =
        scenario.nodes() > 0
            ? Optional.of(newCluster().telling(scenario.server()))
            : Optional.empty();
    Optional<ThrowawayCluster> beside =
        exists ? Optional.empty() : Optional.of(ownCluster.orElseGet(this::throwaway));
    OwnEnvironment made =
        new OwnEnvironment(
            ownCluster, scenario.nodes(), newBroker(beside.map(ThrowawayCluster::network)));
    return Optional.of(opened.push(made));
  }

  /** The login that the worker of a trial at the gate has built in. */
  Optional<WorkerLogin> builtInLogin(ScenarioDefinition scenario) {
    return scenario.triesTheirWorker() ? configuration().contract().login() : Optional.empty();
  }

  private static String leavesItsNamespace(String namespace) {
    return """
        wq.namespace=%s: this suite makes a namespace for each scenario, and cannot stay in that one.
        Remedy: leave wq.namespace out; or run walkthrough, gate or conformance, which stay in it."""
        .formatted(namespace);
  }

  private static String noLoginsMade() {
    return """
        The worker has its login or its virtual host built in, and the broker in the namespace of \
        wq.namespace is the documented one, with guest and / alone.
        Remedy: leave out wq.worker.user, .password and .vhost, or wq.namespace.""";
  }

  static String nodesAreSpared(String scenario) {
    return """
        %s harms nodes, and wq.cluster names a cluster that exists: its nodes are never touched.
        Remedy: leave wq.cluster out, so that the scenario has a throwaway cluster of its own."""
        .formatted(scenario);
  }

  /** What a scenario had for itself is gone with it. */
  void tookDown(OwnEnvironment used) {
    opened.remove(used);
  }

  /** Has a namespace removed when the run ends early, and awaited when it does not. */
  void made(ScenarioNamespace namespace) {
    namespaces.add(namespace);
  }

  /** The worker that suites other than the walkthrough run, made once. */
  SharedWorker worker() {
    return worker.get(
        () ->
            opened.push(
                SharedWorker.make(workerChoice(), fixtures(), images(), this::engine, lock())));
  }

  /** The image that specimens run in, made once. */
  WorkerImage bench() {
    return bench.get(
        () ->
            opened.push(
                WorkerImage.build(
                    engine(),
                    fixtures().root().resolve("bench"),
                    Map.of("BASE", images().currentBase()),
                    labels(),
                    "work-queue-bench:" + info.id())));
  }

  /**
   * The image of a specimen that has one of its own, made once: of one on a client library from the
   * base of pods, with what the package registries have; of another from the bench's.
   */
  WorkerImage image(Path context) {
    return specimens
        .computeIfAbsent(context, folder -> new Once<>())
        .get(
            () ->
                opened.push(
                    context.startsWith(ClientWorkers.in(fixtures()))
                        ? withPackages(context)
                        : build(context, Map.of("BASE", bench().name()), context)));
  }

  private WorkerImage withPackages(Path context) {
    try (FolderCopy copy = FolderCopy.of(context)) {
      PackageRegistries.trustedIn(copy.root(), System.getenv());
      Map<String, String> arguments = new HashMap<>(PackageRegistries.arguments(System.getenv()));
      base().ifPresent(name -> arguments.put("BASE", name));
      return build(copy.root(), arguments, context);
    }
  }

  /** The newest that was built here, whatever the cluster's is; otherwise what Dockerfiles say. */
  private Optional<String> base() {
    return Optional.ofNullable(AvailableImages.here().sets().get(Generation.NEWEST))
        .filter(each -> each.source() != Images.Source.REGISTRY)
        .map(Images::currentBase);
  }

  private WorkerImage build(Path context, Map<String, String> arguments, Path named) {
    return WorkerImage.build(
        engine(),
        context,
        named,
        arguments,
        labels(),
        "work-queue-" + named.getFileName() + ":" + info.id());
  }

  /**
   * What this machine's engine tells of an image; empty if there is none, or it does not hold it.
   */
  Optional<ImageFacts> facts(String image) {
    return engine.ifPossible(this::connectEngine).flatMap(each -> each.facts(image));
  }

  /** A worker that is declared by its Job's manifest alone is the one that it names. */
  private WorkerChoice workerChoice() {
    Configuration wanted = configuration();
    return wanted.worker() instanceof WorkerChoice.Tutorial
        ? GateStand.declaredJob(wanted.contract())
            .<WorkerChoice>map(job -> new WorkerChoice.Image(job.image()))
            .orElse(wanted.worker())
        : wanted.worker();
  }

  /** Takes a scenario's result, and tells of it. */
  void ended(ScenarioResult result) {
    report.add(result);
    narration.ended(result, report.progress(planned()));
  }

  /** How many scenarios there are to be in all; empty if that is not known. */
  private OptionalInt planned() {
    return planned.ifPossible(this::count).orElse(OptionalInt.empty());
  }

  private OptionalInt count() {
    return methods.isEmpty() || configuration.ifPossible(this::readConfiguration).isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(
            methods.stream().mapToInt(each -> HarnessExtension.planned(each, this)).sum());
  }

  /** Notes that a scenario did not come out VALID. */
  void failed() {
    anyFailed = true;
  }

  @Override
  public void close() {
    try {
      containerBroker
          .made()
          .flatMap(ContainerBroker::deprecations)
          .ifPresent(narration.scenario("broker", 0)::says);
      blames
          .untold()
          .forEach(
              (rule, broken) ->
                  report.add(
                      ScenarioResult.builder(Trials.scenario(rule), "The worker " + rule.demand())
                          .claims(broken)
                          .build()));
      telling.cancel(true);
      ticker.shutdownNow();
      RunResult result = report.finish();
      new AllureRun(reports.resolve("allure-results")).write(environment(result));
      narration.summary(result, reports);
      configuration
          .made()
          .flatMap(each -> each.costs().record())
          .ifPresent(file -> BaselineFile.describe(file, info.id(), behaviour(result)));
      awaitNamespacesGone();
      requireChosen();
      requireJudged(result);
    } finally {
      stop();
      try {
        Runtime.getRuntime().removeShutdownHook(atStop);
      } catch (IllegalStateException stopping) {
        // the hook is what runs
      }
    }
  }

  private static Map<String, String> behaviour(RunResult result) {
    Map<String, String> behaviour = new LinkedHashMap<>();
    BehaviourCard.of(result.scenarios()).forEach(each -> behaviour.put(each.what(), each.shown()));
    return behaviour;
  }

  /**
   * Has the build fail where no test did and the run is not VALID all the same.
   *
   * @throws EnvironmentTrouble that says why
   */
  private void requireJudged(RunResult result) {
    if (!anyFailed && result.verdict() != Verdict.VALID) {
      throw new EnvironmentTrouble(
          "The run is %s.\n%s"
              .formatted(
                  result.verdict(),
                  Stream.concat(
                          result.scenarios().stream()
                              .flatMap(
                                  each ->
                                      each.reason().map(why -> each.id() + ": " + why).stream()),
                          result.notRun().entrySet().stream()
                              .map(each -> each.getKey() + ": " + each.getValue().reason()))
                      .collect(Collectors.joining("\n"))));
    }
  }

  /** On a cluster that stays, what the run made there is gone before the run ends. */
  private void awaitNamespacesGone() {
    if (cluster.made().filter(ExistingCluster.class::isInstance).isPresent() && !keeps(anyFailed)) {
      namespaces.forEach(ScenarioNamespace::awaitGone);
      namespaces.clear();
    }
  }

  private Map<String, String> environment(RunResult result) {
    Map<String, String> environment = new LinkedHashMap<>(result.environment());
    environment.put("run", info.id());
    environment.put("git", info.git());
    given.forEach(
        (name, value) ->
            environment.put(
                name,
                Parameter.named(name).filter(Parameter::isSecret).isPresent() ? "***" : value));
    return environment;
  }

  private synchronized void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    if (keeps(anyFailed)) {
      tellKept();
      return;
    }
    if (cluster.made().filter(ExistingCluster.class::isInstance).isPresent()) {
      namespaces.forEach(opened::push);
    }
    opened.close();
  }

  private void tellKept() {
    lock.made().ifPresent(RunLock::keepWhatIsMade);
    cluster
        .made()
        .ifPresent(
            kept -> {
              boolean throwaway = kept instanceof ThrowawayCluster;
              narration
                  .scenario("kept", 0)
                  .says(
                      throwaway
                          ? kept((ThrowawayCluster) kept)
                          : """
                          To look: kubectl get pods --all-namespaces
                          To remove: kubectl delete namespace -l %s=%s"""
                              .formatted(RunLock.LABEL, info.id()));
            });
  }

  /** How to look at a throwaway cluster that stays, and how to remove all that the run left. */
  String kept(ThrowawayCluster kept) {
    return """
        To look: docker exec -it %s kubectl get pods --all-namespaces
        To remove: docker rm -fv $(docker ps -aq --filter label=%s=%s) && docker \
        network rm $(docker network ls -q --filter label=%s=%s)"""
        .formatted(kept.serverContainer(), RunLock.LABEL, info.id(), RunLock.LABEL, info.id());
  }

  /**
   * What made a scenario fail; in short if it is something that all need, and an earlier one told
   * of it in full.
   */
  synchronized Throwable asTold(Throwable failure) {
    return !(failure instanceof EnvironmentTrouble) || told.add(failure)
        ? failure
        : new EnvironmentTrouble(
            "Not run, for the reason that an earlier scenario tells in full: "
                + failure.getMessage().lines().findFirst().orElse(""));
  }

  /** Made at its first use; what made it fail fails all who ask. */
  private static final class Once<T> {
    // Read without the lock: who stops the run does not wait for what still starts.
    private volatile T value;
    private EnvironmentTrouble trouble;

    synchronized T get(Supplier<T> source) {
      make(source);
      if (trouble != null) {
        throw trouble;
      }
      return value;
    }

    /** As {@link #get} where it can be made. */
    synchronized Optional<T> ifPossible(Supplier<T> source) {
      make(source);
      return Optional.ofNullable(value);
    }

    private void make(Supplier<T> source) {
      if (value == null && trouble == null) {
        try {
          value = source.get();
        } catch (EnvironmentTrouble failure) {
          trouble = failure;
        } catch (WaitedInVain late) {
          trouble = new EnvironmentTrouble(late.getMessage(), late);
        }
      }
    }

    Optional<T> made() {
      return Optional.ofNullable(value);
    }
  }
}
