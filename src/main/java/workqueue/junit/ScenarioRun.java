package workqueue.junit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Assumptions;
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
import workqueue.configuration.WorkerLogin;
import workqueue.fault.Faults;
import workqueue.gate.NotTried;
import workqueue.gate.TrialName;
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
import workqueue.tutorial.Edition;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;

/** One run of one scenario: its namespace, its result, and what is taken down after it. */
final class ScenarioRun {
  // Others before it have limits of their own.
  private static final Duration TURN = Duration.ofHours(1);

  private final Run run;
  private final ScenarioDefinition scenario;
  private final int repetition;
  private final ScenarioResult.Builder result;
  private final ResourceStack opened;
  private ScenarioNarration narration;
  private final Recording recording;
  private final Scene scene = new Scene(this);
  private Optional<OwnEnvironment> own = Optional.empty();
  private ScenarioNamespace namespace;
  private String queues = "";
  private String undecided;
  private Optional<Semaphore> permit = Optional.empty();

  ScenarioRun(Run run, ScenarioDefinition scenario, int repetition) {
    this.run = run;
    this.scenario = scenario;
    this.repetition = repetition;
    this.opened = new ResourceStack(scenario.id());
    this.result =
        ScenarioResult.builder(scenario.id(), scenario.title())
            .repetition(repetition)
            .documents(scenario.documents().stream().map(Caveat::sentence).toList());
    this.recording = new Recording(scenario.id(), run.reports(), name(), result);
  }

  /** What a scenario's method does. */
  @FunctionalInterface
  interface Body {
    void run() throws Throwable;
  }

  /**
   * Runs the scenario, reports what became of it, and takes down what it opened; one that was not
   * tried or not judged is aborted, as it neither holds nor fails.
   */
  void run(Body body) throws Throwable {
    Optional<Throwable> failure = outcome(body);
    if (failure.isPresent()) {
      throw failure.get();
    }
    if (undecided != null) {
      Assumptions.abort(undecided);
    }
  }

  /** The same: what made it fail; empty if nothing did. */
  Optional<Throwable> outcome(Body body) {
    try {
      return Optional.ofNullable(runAlone(body));
    } finally {
      permit.ifPresent(Semaphore::release);
    }
  }

  /** Waits until it may have what only so many scenarios can use at a time. */
  private void takeTurn() {
    Optional<Semaphore> turn = run.turn(scenario);
    turn.ifPresent(
        each ->
            run.patience(run.narration().scenario(shortName(), 0)::waits)
                .await(
                    "its turn, for other scenarios use what it needs",
                    TURN,
                    () ->
                        each.tryAcquire() ? Sight.found(true) : Sight.<Boolean>notYet("they run")));
    permit = turn;
  }

  private Throwable runAlone(Body body) {
    long start = System.nanoTime();
    run.report().starts(scenario.id(), scenario.title());
    label();
    Throwable failure = null;
    try {
      run.requireStays(scenario);
      takeTurn();
      start = System.nanoTime();
      body.run();
      recording.requireJudged();
    } catch (Throwable thrown) {
      failure = run.asTold(thrown);
    }
    try {
      if (failure != null) {
        recording.keep();
      }
      tellFigures();
      attach(failure);
    } finally {
      failure = takeDown(failure);
      report(failure, Duration.ofNanos(System.nanoTime() - start));
    }
    if (isNotTried(failure)) {
      undecided = failure.getMessage();
      narration(0).says("Not tried: " + undecided);
      return null;
    }
    if (failure instanceof ClaimsNotJudged) {
      undecided = failure.getMessage();
      narration(0).says("Not judged: " + undecided);
      return null;
    }
    return failure;
  }

  private void report(Throwable failure, Duration took) {
    if (failure instanceof ClaimsNotJudged kept) {
      run.report().notJudged(scenario.id(), kept.why());
      new AllureScenario().record(recording.path());
      return;
    }
    if (isNotTried(failure)) {
      run.report().notTried(scenario.id(), failure.getMessage());
      new AllureScenario().record(recording.path());
      return;
    }
    if (failure != null) {
      run.failed();
      result
          .verdict(failure instanceof AssertionError ? Verdict.INVALID : Verdict.UNKNOWN)
          .message(String.valueOf(failure.getMessage()));
    }
    ScenarioResult told = result.seconds(took.toMillis() / 1000.0).build();
    run.ended(told);
    new AllureScenario().ends(told, run.reports());
  }

  /** Whether it says that there was nothing to be tried, which is no fault of anything. */
  private static boolean isNotTried(Throwable failure) {
    return failure instanceof NotTried || failure instanceof UnsupportedByBroker;
  }

  ScenarioDefinition definition() {
    return scenario;
  }

  Run shared() {
    return run;
  }

  /** Whose documented broker it has, if it has one in the cluster. */
  Edition brokerEdition() {
    return scenario.brokerEdition();
  }

  /** Whether the scenario wants the documented broker in the cluster, whatever is configured. */
  boolean brokerInCluster() {
    return scenario.brokerInCluster();
  }

  /** What it has for itself, not started yet; to be asked for once. */
  Optional<OwnEnvironment> own() {
    own = run.own(scenario);
    own.ifPresent(opened::push);
    return own;
  }

  /** The login that the worker which is tried has built in; a broker of its own grants it. */
  Optional<WorkerLogin> builtInLogin() {
    return run.builtInLogin(scenario);
  }

  /** The name by which workers reach a broker outside the cluster. */
  String service() {
    if (!scenario.tries()) {
      return Broker.SERVICE;
    }
    return scenario.triesTheirWorker()
        ? run.configuration().contract().host().orElseGet(TrialName::service)
        : TrialName.service();
  }

  /** Whether the cluster is its own. */
  boolean hasOwnCluster() {
    return scenario.nodes() > 0;
  }

  Recording recording() {
    return recording;
  }

  /** Where its work is done and its faults strike; opened at its first use. */
  Scene scene() {
    return scene;
  }

  /** Random faults; each repetition has the next seed. */
  Chaos chaos() {
    int seed = run.chaosSeed() + repetition - 1;
    narration(0).says("Random faults, to be had again by -Dwq.chaos.seed=" + seed);
    recording.figure("chaos seed", seed, "");
    scene.tapped();
    return new Chaos(recording, new Faults(scene), seed);
  }

  /** The scenario's id, with its number if it is repeated. */
  private String name() {
    return scenario.id() + (repetition > 1 ? "-" + repetition : "");
  }

  ScenarioResult.Builder result() {
    return result;
  }

  /** Tells of this scenario under its short name. */
  ScenarioNarration narration(int steps) {
    if (narration == null) {
      narration = run.narration().scenario(shortName(), steps);
    }
    return narration;
  }

  private String shortName() {
    return repetition > 1 ? scenario.name() + "#" + repetition : scenario.name();
  }

  /** The scenario's own namespace; made at its first use. */
  ScenarioNamespace namespace(Cluster cluster, Patience patience) {
    if (namespace == null) {
      namespace = cluster.open(name(), run.id(), patience);
      // With a cluster of its own the namespace goes, too.
      if (!hasOwnCluster()) {
        opened.push(namespace);
        run.made(namespace);
      }
    }
    return namespace;
  }

  /** Takes a listing of the scenario's queues, for its attachments. */
  void queues(String listing) {
    queues = listing;
  }

  /** Has something closed after the scenario, what was opened last first. */
  <T extends AutoCloseable> T opened(T resource) {
    return opened.push(resource);
  }

  /**
   * Reports where the scenario ran, and records it.
   *
   * @param image of the worker; empty if there was none
   * @param digest of that image; empty if it is not known
   */
  void ranOn(ClusterFacts cluster, Optional<BrokerFacts> broker, String image, String digest) {
    recording.environment(
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

  private void label() {
    new AllureScenario()
        .begins(
            scenario.id(),
            scenario.title(),
            repetition,
            scenario.documents().stream().map(Caveat::sentence).toList());
    AllureLabels labels = new AllureLabels();
    if (!scenario.documents().isEmpty()) {
      labels.documentation("the documented task", java.net.URI.create(Caveat.PAGE));
    }
  }

  private void tellFigures() {
    List<String> lines = recording.figures().stream().map(Figure::toString).toList();
    if (!lines.isEmpty()) {
      lines.forEach(narration(0)::says);
      new Attachments().text("figures.txt", String.join("\n", lines));
    }
  }

  /** Attaches what the namespace holds; after a failure it goes to the diagnostics as well. */
  private void attach(Throwable failure) {
    if (namespace == null) {
      return;
    }
    Diagnostics diagnostics =
        new Diagnostics(run.reports(), scenario.id() + (repetition > 1 ? "-" + repetition : ""));
    Attachments attachments = new Attachments();
    Map<String, Callable<String>> parts = new NamespaceDump(namespace).parts();
    if (!queues.isEmpty()) {
      parts.put("queues.txt", () -> queues);
    }
    for (Map.Entry<String, Callable<String>> part : parts.entrySet()) {
      try {
        String text = recording.recorder().secrets().redact(part.getValue().call());
        if (part.getKey().endsWith(".yaml")) {
          attachments.yaml(part.getKey(), text);
        } else {
          attachments.text(part.getKey(), text);
        }
        if (failure != null) {
          diagnostics.collect(failure, part.getKey(), () -> text);
        }
      } catch (Exception trouble) {
        if (failure != null) {
          failure.addSuppressed(trouble);
        }
      }
    }
    if (failure != null) {
      narration(0).says("Diagnostics: " + diagnostics.folder());
    }
  }

  private Throwable takeDown(Throwable failure) {
    boolean keep = run.keeps(failure != null);
    if (keep) {
      own.flatMap(OwnEnvironment::cluster)
          .ifPresent(cluster -> narration(0).says("Kept. " + run.kept(cluster)));
    }
    try {
      opened.close(each -> keep && isWorthALook(each));
    } catch (EnvironmentTrouble trouble) {
      if (failure == null) {
        return trouble;
      }
      failure.addSuppressed(trouble);
    }
    if (!keep) {
      own.ifPresent(run::tookDown);
    }
    return failure;
  }

  /** Also of a broker that stays one wants to see the vhost and its queues. */
  private static boolean isWorthALook(AutoCloseable opened) {
    return opened instanceof Broker
        || opened instanceof ScenarioNamespace
        || opened instanceof OwnEnvironment;
  }
}
