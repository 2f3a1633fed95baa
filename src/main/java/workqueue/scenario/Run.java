package workqueue.scenario;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;
import workqueue.checker.claim.Verdict;
import workqueue.configuration.AvailableImages;
import workqueue.configuration.BrokerChoice;
import workqueue.configuration.Configuration;
import workqueue.configuration.ConformanceMode;
import workqueue.configuration.Parameter;
import workqueue.configuration.ScenarioChoice;
import workqueue.conformance.Visited;
import workqueue.gate.BaselineFile;
import workqueue.gate.Blames;
import workqueue.gate.GateContract;
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

/**
 * One run: its parameters, which scenarios it has, what they share, and what is reported of them.
 *
 * <p>Who begins it closes it; a JVM that is told to stop closes it too.
 */
public final class Run implements AutoCloseable {
  /** The suites that can stay in a namespace that exists. */
  private static final List<String> STAYING = List.of("walkthrough.", "gate.", "conformance.");

  private final RunInfo info = RunInfo.start();
  private final Narration narration = Narrator.on(System.out);
  private final Map<String, String> given;
  private final Path reports;
  private final Function<Run, OptionalInt> plan;
  private final BiFunction<ScenarioRun, EnvironmentOptions, ScenarioEnvironment> opening;
  private final List<String> failedBefore;
  private final RunReport report;
  private final SharedEnvironment shared;
  private final Once<Configuration> configuration = new Once<>();
  private final Once<Visited> visited = new Once<>();
  private final Once<OptionalInt> planned = new Once<>();
  private final Semaphore turn = new Semaphore(1);
  private final Semaphore ownClusters = new Semaphore(2);
  private final int anySeed = new SecureRandom().nextInt(Short.MAX_VALUE);
  private final Set<String> known = new ConcurrentSkipListSet<>();
  private final Blames blames = new Blames();
  private final Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Thread atStop = new Thread(this::stop, "work-queue-stop");
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(Run::tickerThread);
  private final Future<?> telling;
  private volatile boolean chosen;
  private volatile boolean anyFailed;
  private boolean stopped;

  private Run(
      Map<String, String> given,
      Path reports,
      Function<Run, OptionalInt> plan,
      BiFunction<ScenarioRun, EnvironmentOptions, ScenarioEnvironment> opening) {
    this.given = new TreeMap<>(given);
    this.reports = reports;
    this.plan = plan;
    this.opening = opening;
    this.failedBefore = ResultFile.notValid(reports);
    this.report = RunReport.begin(reports, info);
    this.shared = new SharedEnvironment(info.id(), reports, narration, this::configuration);
    Runtime.getRuntime().addShutdownHook(atStop);
    this.telling =
        ticker.scheduleWithFixedDelay(
            () -> narration.progress(report.progress(planned())), 1, 1, TimeUnit.SECONDS);
  }

  /**
   * Begins a run.
   *
   * @param given the parameters by their full names, right or wrong
   * @param plan how many scenarios there are to be in all, as far as that is known
   */
  public static Run begin(
      Map<String, String> given, Path reports, Function<Run, OptionalInt> plan) {
    return begin(
        given, reports, plan, (scenario, options) -> new Opening(scenario, options).open());
  }

  /**
   * The same.
   *
   * @param opening opens a scenario's environment
   */
  static Run begin(
      Map<String, String> given,
      Path reports,
      Function<Run, OptionalInt> plan,
      BiFunction<ScenarioRun, EnvironmentOptions, ScenarioEnvironment> opening) {
    return new Run(given, reports, plan, opening);
  }

  private static Thread tickerThread(Runnable work) {
    Thread thread = new Thread(work, "work-queue-progress");
    thread.setDaemon(true);
    return thread;
  }

  String id() {
    return info.id();
  }

  Path reports() {
    return reports;
  }

  public SharedEnvironment shared() {
    return shared;
  }

  /** Opens the environment of a scenario. */
  ScenarioEnvironment open(ScenarioRun scenario, EnvironmentOptions options) {
    return opening.apply(scenario, options);
  }

  /** What a visit to the run's cluster came to; made once. */
  Visited visited(Supplier<Visited> visit) {
    return visited.get(visit);
  }

  public RunReport report() {
    return report;
  }

  Narration narration() {
    return narration;
  }

  /** How often each scenario runs; once where the parameters are wrong, to tell so. */
  public int repetitions() {
    return readable().map(Configuration::repeat).orElse(1);
  }

  /** The seed of the run's first schedule of random faults; any, unless one is given. */
  int chaosSeed() {
    return configuration().chaosSeed().orElse(anySeed);
  }

  /**
   * Whether the scenario is to run; why not is noted, unless it was not chosen. Where the
   * parameters are wrong it is, to tell so.
   */
  public boolean applies(ScenarioDefinition scenario) {
    known.add(scenario.id());
    Optional<Configuration> wanted = readable();
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
  public boolean comes(String scenario) {
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
    return Trials.rule(scenario).filter(Trials::weighs).isPresent()
            && wanted.guest().namespace().isPresent()
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
    if (scenario.hasOwnCluster()) {
      return Optional.of(ownClusters);
    }
    return configuration
        .made()
        .flatMap(Configuration::broker)
        .filter(BrokerChoice.Url.class::isInstance)
        .map(url -> turn);
  }

  public Configuration configuration() {
    return configuration.get(this::readConfiguration);
  }

  /** The parameters, unless something is wrong with them. */
  public Optional<Configuration> readable() {
    return configuration.ifPossible(this::readConfiguration);
  }

  private Configuration readConfiguration() {
    return Configuration.from(given, AvailableImages.here());
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
  public ConformanceMode conformanceMode() {
    return configuration
        .ifPossible(this::readConfiguration)
        .map(each -> each.guest().mode())
        .orElse(ConformanceMode.QUICK);
  }

  private static String leavesItsNamespace(String namespace) {
    return """
        wq.namespace=%s: this suite makes a namespace for each scenario, and cannot stay in that one.
        Remedy: leave wq.namespace out; or run walkthrough, gate or conformance, which stay in it."""
        .formatted(namespace);
  }

  /** Takes a scenario's result, and tells of it. */
  void ended(ScenarioResult result) {
    report.add(result);
    narration.ended(result, report.progress(planned()));
  }

  /** How many scenarios there are to be in all; empty if that is not known. */
  private OptionalInt planned() {
    return planned.ifPossible(() -> plan.apply(this)).orElse(OptionalInt.empty());
  }

  /** Notes that a scenario did not come out VALID. */
  void failed() {
    anyFailed = true;
  }

  @Override
  public void close() {
    try {
      shared.deprecations().ifPresent(narration.scenario("broker", 0)::says);
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
      if (!keeps(anyFailed)) {
        shared.awaitNamespacesGone();
      }
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
      shared.keep();
    } else {
      shared.close();
    }
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
}
