package workqueue.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import workqueue.Counted;
import workqueue.EnvironmentTrouble;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.ClaimsUndecided;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judged;
import workqueue.checker.claim.Judgement;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.Environment;
import workqueue.history.Evidence;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.HistoryFile;
import workqueue.history.Recorder;
import workqueue.report.Figure;
import workqueue.report.ScenarioResult;
import workqueue.waiting.Sight;
import workqueue.waiting.WaitedInVain;

/** The record of one scenario, and the judgement of it. */
public final class Recording {
  private final String scenario;
  private final Path reports;
  private final String name;
  private final Instant startedAt;
  private final Recorder recorder;
  private Environment environment = Environment.unknown();
  private Evidence evidence = Evidence.ofTutorial();
  private Duration patience;
  private final ScenarioResult.Builder result;
  private final List<Judgement> judgements = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Figure> figures = new ArrayList<>();
  private final List<WaitedInVain> inVain = new ArrayList<>();
  private Scene scene;
  private boolean judged;
  private boolean judgedAtItsEnd;
  private Duration latency;

  /**
   * Begins an empty record.
   *
   * @param scenario its id
   * @param name of the file below {@code histories}, without its ending
   * @param result gets what is judged
   */
  Recording(String scenario, Path reports, String name, ScenarioResult.Builder result) {
    this.scenario = scenario;
    this.reports = reports;
    this.name = name;
    this.result = result;
    Clock clock = Clock.systemUTC();
    this.startedAt = clock.instant();
    this.recorder = new Recorder(clock);
  }

  /** Sets how long a state that may pass by itself is waited for, unless that was said before. */
  void patience(Duration longest) {
    patience = patience == null ? longest : patience;
  }

  Recorder recorder() {
    return recorder;
  }

  void environment(Environment seen) {
    environment = seen;
  }

  /** The header of a history that makes these claims. */
  Header header(List<Claim> claims) {
    return new Header(
        scenario,
        startedAt,
        environment,
        evidence,
        patience == null ? null : patience.toSeconds(),
        claims.stream().map(Claim::spec).toList());
  }

  /** Declares how the scenario's worker shows what it did; the documented one's way unless said. */
  public void shownBy(Evidence declared) {
    evidence = declared;
  }

  /**
   * Reports something that the scenario measured.
   *
   * @param unit for example {@code MiB}; empty for a ratio
   */
  public void figure(String what, double value, String unit) {
    figures.add(new Figure(what, value, unit));
    result.figures(figures);
  }

  /** What the scenario has measured so far. */
  List<Figure> figures() {
    return List.copyOf(figures);
  }

  /** Waits until the diagnosis of the record holds the code, as cause or as consequence. */
  public void await(FindingCode code) {
    watched().awaitFinding(code);
  }

  /** What was recorded so far. */
  public History history() {
    return recorder.history(header(List.of()));
  }

  /**
   * Waits until the record shows something; if it does not in time that is told with the verdict.
   *
   * @param what is waited for, as it reads after "Waited 3 s for"
   */
  public void await(String what, Predicate<History> shown) {
    watched()
        .await(
            what,
            history -> shown.test(history) ? Sight.found(true) : Sight.<Boolean>notYet("not yet"));
  }

  /** Waits until as many of the Jobs' pods have succeeded. */
  public void awaitSuccesses(int count) {
    watched()
        .await(
            Counted.of(count, "success"),
            history -> {
              int seen =
                  history.all(JobState.class).stream()
                      .mapToInt(each -> each.event().succeeded())
                      .max()
                      .orElse(0);
              return seen >= count
                  ? Sight.found(true)
                  : Sight.<Boolean>notYet("so far " + seen + " succeeded");
            });
  }

  /**
   * Takes the final state and judges the record: once for each scenario, at its end.
   *
   * @throws workqueue.checker.claim.ClaimsRefuted if the record contradicts what the scenario
   *     expects
   * @throws workqueue.checker.claim.ClaimsUndecided if the record is too thin to tell
   */
  public void judge(Claim... claims) {
    judgeFinally(List.of(claims));
  }

  /** As {@link #judge(Claim...)}; what comes back is as the claims expect. */
  Judged judgeFinally(List<Claim> claims) {
    Judged outcome = judgeAtLast(claims);
    tell(outcome);
    return outcome;
  }

  /** As {@link #judgeFinally}, whatever comes of it: it is still to be told. */
  Judged judgeAtLast(List<Claim> claims) {
    return judgeAtLast(claims, Recording::asItIs);
  }

  /**
   * The same.
   *
   * @param settling what counts of what the record yields
   */
  Judged judgeAtLast(List<Claim> claims, BiFunction<History, Judged, Judged> settling) {
    takeFinalState();
    return judge(claims, name, settling);
  }

  /** The record as it was written. */
  History written() {
    return HistoryFile.read(reports.resolve(file(name)));
  }

  /**
   * Takes the state that things are in now, and judges the record up to here: for a scenario in
   * which more is to happen. The record up to here is a file of its own.
   *
   * @param part the name of what has happened so far
   */
  public void judgeSoFar(String part, Claim... claims) {
    takeFinalState();
    tell(judge(List.of(claims), name + "." + part, Recording::asItIs));
  }

  /**
   * Takes the final state and reads what is left in the queue, message by message; at a scenario's
   * end only, for what was read counts as redelivered.
   */
  public void readWhatIsLeft(String queue) {
    takeFinalState();
    watched().readWhatIsLeft(queue);
  }

  private void takeFinalState() {
    if (scene != null) {
      scene.takeFinalState();
    }
  }

  /** Fails the scenario if something is not as its claims expect. */
  void tell(Judged outcome) {
    try {
      outcome.orThrow();
      inVain.clear();
    } catch (AssertionError | RuntimeException refuted) {
      inVain.forEach(refuted::addSuppressed);
      throw refuted;
    }
  }

  /** Judges the claims on what was recorded, writes the record, and reports both. */
  Judged judge(List<Claim> claims) {
    return judge(claims, name, Recording::asItIs);
  }

  private Judged judge(
      List<Claim> claims, String as, BiFunction<History, Judged, Judged> settling) {
    History history = recorder.history(header(claims));
    Judged outcome = settling.apply(history, Judge.judge(history, claims));
    History settled = recorder.history(header(claims)).settling(history);
    Instant now = Instant.now();
    outcome.decidedAt().ifPresent(decided -> timed(Duration.between(decided, now), outcome));
    write(settled, as);
    judged = true;
    judgedAtItsEnd |= as.equals(name);
    judgements.addAll(outcome.judgements());
    findings.addAll(outcome.findings());
    result.history(file(as)).claims(judgements).findings(findings);
    return outcome;
  }

  private static Judged asItIs(History history, Judged judged) {
    return judged;
  }

  /** Of several verdicts the slowest counts. */
  private void timed(Duration took, Judged outcome) {
    if (latency != null && latency.compareTo(took) >= 0) {
      return;
    }
    latency = took;
    result.verdictLatencySeconds(took.toMillis() / 1000.0);
    outcome
        .window()
        .filter(window -> !window.isZero())
        .ifPresent(window -> result.verdictWindowSeconds(window.toMillis() / 1000.0));
  }

  /** What keeps an eye on the scenario. */
  void watchedBy(Scene watching) {
    scene = watching;
  }

  private Scene watched() {
    if (scene == null) {
      throw new EnvironmentTrouble(
          """
          %s waits for something in its record, and nothing is recorded yet.
          Remedy: fill a queue or run a Job first; what is recorded begins there."""
              .formatted(scenario));
    }
    return scene;
  }

  /** Keeps what was waited for in vain, to be told with the verdict if that is not as expected. */
  void waitedInVain(WaitedInVain told) {
    inVain.add(told);
  }

  /**
   * Fails a scenario that ended without being judged at its end.
   *
   * @throws ClaimsUndecided if so, for nothing is known of its end
   */
  void requireJudged() {
    if ((judged && !judgedAtItsEnd) || !result.isJudged()) {
      throw new ClaimsUndecided(
          scenario
              + " ended without a claim of what was recorded, so nothing is known.\n"
              + "Remedy: judge the recording at its end.");
    }
  }

  /** Writes what was recorded of a scenario that ended before it was judged. */
  void keep() {
    if (judged) {
      return;
    }
    History history = recorder.history(header(List.of()));
    if (!history.isEmpty()) {
      write(history, name);
      result.history(file(name)).findings(Diagnosis.of(history).findings());
    }
  }

  /** Where the record lies once it is written. */
  Path path() {
    return reports.resolve(file(name));
  }

  private static String file(String name) {
    return "histories/" + name + ".ndjson";
  }

  private void write(History history, String as) {
    Path path = reports.resolve(file(as));
    try {
      Files.createDirectories(path.getParent());
      HistoryFile.write(history, path);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
