package workqueue.scenario;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import workqueue.EnvironmentTrouble;
import workqueue.ResourceStack;
import workqueue.broker.Broker;
import workqueue.broker.BrokerFacts;
import workqueue.broker.UnsupportedByBroker;
import workqueue.checker.claim.ClaimsNotJudged;
import workqueue.checker.claim.Verdict;
import workqueue.cluster.Cluster;
import workqueue.cluster.ClusterFacts;
import workqueue.cluster.NamespaceDump;
import workqueue.cluster.ScenarioNamespace;
import workqueue.cluster.ThrowawayCluster;
import workqueue.gate.NotTried;
import workqueue.history.Environment;
import workqueue.report.AllureLabels;
import workqueue.report.AllureScenario;
import workqueue.report.Attachments;
import workqueue.report.Diagnostics;
import workqueue.report.EnvironmentInfo;
import workqueue.report.Figure;
import workqueue.report.ScenarioNarration;
import workqueue.report.ScenarioResult;
import workqueue.tutorial.Caveat;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;

/**
 * One run of one scenario: its record, its result, and what is taken down after it. It begins, may
 * open an environment, and ends, whatever becomes of it.
 */
public final class ScenarioRun {
  // Others before it have limits of their own.
  private static final Duration TURN = Duration.ofHours(1);

  private final Run run;
  private final ScenarioDefinition scenario;
  private final int repetition;
  private final ScenarioResult.Builder result;
  private final ResourceStack opened;
  private final List<AutoCloseable> own = new ArrayList<>();
  private final ScenarioNarration narration;
  private final ScenarioRecord record;
  private final Map<String, String> attached = new LinkedHashMap<>();
  private Optional<ScenarioNamespace> namespace = Optional.empty();
  private Optional<Throwable> failure = Optional.empty();
  private long began;

  public ScenarioRun(Run run, ScenarioDefinition scenario, int repetition) {
    this.run = run;
    this.scenario = scenario;
    this.repetition = repetition;
    this.opened = new ResourceStack(scenario.id());
    this.narration = narration(0);
    this.result =
        ScenarioResult.builder(scenario.id(), scenario.title())
            .repetition(repetition)
            .documents(documents());
    this.record = new ScenarioRecord(scenario.id(), run.reports(), name(), result);
  }

  /** Begins it, as soon as it may have what only so many scenarios can use at a time. */
  public void begin() {
    began = System.nanoTime();
    run.report().starts(scenario.id(), scenario.title());
    label();
    run.requireStays(scenario);
    run.turn(scenario)
        .ifPresent(
            turn -> {
              run.shared()
                  .patience(narration::waits)
                  .await(
                      "its turn, for other scenarios use what it needs",
                      TURN,
                      () -> Sight.when(turn.tryAcquire(), "they run"));
              opened.push(turn::release);
            });
    began = System.nanoTime();
  }

  /** Opens its environment; once. */
  ScenarioEnvironment open(EnvironmentOptions options) {
    return run.open(this, options);
  }

  /** Takes what it failed of, and returns that as it is to be told. */
  public Throwable fails(Throwable thrown) {
    Throwable told = run.asTold(thrown);
    failure = Optional.of(told);
    return told;
  }

  /** Whether it says that a scenario was not tried or not judged: it neither holds nor fails. */
  public static boolean isUndecided(Throwable failure) {
    return isNotTried(failure) || failure instanceof ClaimsNotJudged;
  }

  /** Whether it says that there was nothing to be tried, which is no fault of anything. */
  private static boolean isNotTried(Throwable failure) {
    return failure instanceof NotTried || failure instanceof UnsupportedByBroker;
  }

  /**
   * Ends it: reports what became of it, and takes down what it opened.
   *
   * @return what made it fail; empty if nothing did, or it was not tried or not judged
   */
  public Optional<Throwable> end() {
    if (failure.isEmpty()) {
      try {
        record.requireJudged();
      } catch (RuntimeException undecided) {
        fails(undecided);
      }
    }
    try {
      failure.ifPresent(any -> record.keep());
      tellFigures();
      attach();
    } finally {
      takeDown();
      report(Duration.ofNanos(System.nanoTime() - began));
    }
    return failure.filter(each -> !isUndecided(each));
  }

  private void report(Duration took) {
    Throwable why = failure.orElse(null);
    if (why instanceof ClaimsNotJudged kept) {
      run.report().notJudged(scenario.id(), kept.why());
      new AllureScenario().record(record.path());
      narration.says("Not judged: " + why.getMessage());
      return;
    }
    if (isNotTried(why)) {
      run.report().notTried(scenario.id(), why.getMessage());
      new AllureScenario().record(record.path());
      narration.says("Not tried: " + why.getMessage());
      return;
    }
    if (why != null) {
      run.failed();
      result
          .verdict(why instanceof AssertionError ? Verdict.INVALID : Verdict.UNKNOWN)
          .message(String.valueOf(why.getMessage()));
    }
    ScenarioResult told = result.seconds(took.toMillis() / 1000.0).build();
    run.ended(told);
    new AllureScenario().ends(told, run.reports());
  }

  ScenarioDefinition definition() {
    return scenario;
  }

  Run run() {
    return run;
  }

  SharedEnvironment shared() {
    return run.shared();
  }

  ScenarioRecord record() {
    return record;
  }

  ScenarioResult.Builder result() {
    return result;
  }

  /** The seed of its random faults: each repetition has the next. */
  int chaosSeed() {
    int seed = run.chaosSeed() + repetition - 1;
    narration.says("Random faults, to be had again by -Dwq.chaos.seed=" + seed);
    record.figure("chaos seed", seed, "");
    return seed;
  }

  /** The scenario's id, with its number if it is repeated. */
  private String name() {
    return scenario.id() + (repetition > 1 ? "-" + repetition : "");
  }

  /** Tells of this scenario under its short name. */
  ScenarioNarration narration() {
    return narration;
  }

  /** The same of one that goes in steps. */
  ScenarioNarration narration(int steps) {
    String shortName = repetition > 1 ? scenario.name() + "#" + repetition : scenario.name();
    return run.narration().scenario(shortName, steps);
  }

  /** Makes the scenario's namespace; once. */
  ScenarioNamespace namespace(Cluster cluster, Patience patience) {
    ScenarioNamespace made = cluster.open(name(), run.id(), patience);
    // With a cluster of its own the namespace goes, too.
    if (!scenario.hasOwnCluster()) {
      opened.push(made);
      run.shared().made(made);
    }
    namespace = Optional.of(made);
    return made;
  }

  /** Has a text attached to its result, beside what its namespace holds. */
  void attaches(String name, String text) {
    attached.put(name, text);
  }

  /** Has something closed after the scenario, what was opened last first. */
  <T extends AutoCloseable> T opened(T resource) {
    return opened.push(resource);
  }

  /** The same of something that the scenario has for itself, to harm it. */
  <T extends AutoCloseable> T owned(T resource) {
    own.add(resource);
    return run.shared().closes(opened.push(resource));
  }

  /**
   * Reports where the scenario ran, and records it.
   *
   * @param image of the worker; empty if there was none
   * @param digest of that image; empty if it is not known
   */
  void ranIn(ClusterFacts cluster, Optional<BrokerFacts> broker, String image, String digest) {
    record.ranIn(
        new Environment(
            new Environment.Cluster(
                cluster.kind(), cluster.distribution(), cluster.version(), cluster.nodes()),
            broker
                .map(
                    each ->
                        new Environment.Broker(
                            each.kind(), each.identity().version(), each.identity().product()))
                .orElse(null),
            new Environment.Worker(image, digest)));
    result.environment(
        new EnvironmentInfo(
            new EnvironmentInfo.Cluster(
                cluster.kind(), cluster.distribution(), cluster.version(), cluster.nodes()),
            broker
                .map(
                    each ->
                        new EnvironmentInfo.Broker(
                            each.kind(),
                            each.identity().version(),
                            each.identity().product(),
                            run.configuration().queueArguments()))
                .orElse(null),
            image.isEmpty()
                ? null
                : new EnvironmentInfo.Worker(image, digest.isEmpty() ? null : digest)));
  }

  private List<String> documents() {
    return scenario.documents().stream().map(Caveat::sentence).toList();
  }

  private void label() {
    new AllureScenario().begins(scenario.id(), scenario.title(), repetition, documents());
    AllureLabels labels = new AllureLabels();
    if (!scenario.documents().isEmpty()) {
      labels.documentation("the documented task", URI.create(Caveat.PAGE));
    }
  }

  private void tellFigures() {
    List<String> lines = record.figures().stream().map(Figure::toString).toList();
    if (!lines.isEmpty()) {
      lines.forEach(narration::says);
      new Attachments().text("figures.txt", String.join("\n", lines));
    }
  }

  /** Attaches what the namespace holds; after a failure it goes to the diagnostics as well. */
  private void attach() {
    if (namespace.isEmpty()) {
      return;
    }
    Diagnostics diagnostics = new Diagnostics(run.reports(), name());
    Attachments attachments = new Attachments();
    Map<String, Callable<String>> parts = new NamespaceDump(namespace.get()).parts();
    attached.forEach((name, text) -> parts.put(name, () -> text));
    for (Map.Entry<String, Callable<String>> part : parts.entrySet()) {
      try {
        String text = record.recorder().secrets().redact(part.getValue().call());
        if (part.getKey().endsWith(".yaml")) {
          attachments.yaml(part.getKey(), text);
        } else {
          attachments.text(part.getKey(), text);
        }
        failure.ifPresent(each -> diagnostics.collect(each, part.getKey(), () -> text));
      } catch (Exception trouble) {
        failure.ifPresent(each -> each.addSuppressed(trouble));
      }
    }
    failure.ifPresent(any -> narration.says("Diagnostics: " + diagnostics.folder()));
  }

  private void takeDown() {
    boolean keep = run.keeps(failure.isPresent());
    if (keep) {
      own.stream()
          .filter(ThrowawayCluster.class::isInstance)
          .map(ThrowawayCluster.class::cast)
          .forEach(each -> narration.says("Kept. " + run.shared().kept(each)));
    }
    try {
      opened.close(each -> keep && isWorthALook(each));
    } catch (EnvironmentTrouble trouble) {
      failure.ifPresentOrElse(
          each -> each.addSuppressed(trouble), () -> failure = Optional.of(trouble));
    }
    if (!keep) {
      own.forEach(run.shared()::tookDown);
    }
  }

  /** Also of a broker that stays one wants to see the vhost and its queues. */
  private boolean isWorthALook(AutoCloseable resource) {
    return resource instanceof Broker
        || resource instanceof ScenarioNamespace
        || own.contains(resource);
  }
}
