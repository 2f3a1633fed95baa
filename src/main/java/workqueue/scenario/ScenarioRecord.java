package workqueue.scenario;

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
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.ClaimsUndecided;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judged;
import workqueue.checker.claim.Judgement;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.Finding;
import workqueue.history.Environment;
import workqueue.history.Evidence;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.HistoryFile;
import workqueue.history.Recorder;
import workqueue.report.Figure;
import workqueue.report.ScenarioResult;
import workqueue.waiting.WaitedInVain;

/** The record of one scenario, and the judgement of it. */
final class ScenarioRecord {
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
  ScenarioRecord(String scenario, Path reports, String name, ScenarioResult.Builder result) {
    this.scenario = scenario;
    this.reports = reports;
    this.name = name;
    this.result = result;
    Clock clock = Clock.systemUTC();
    this.startedAt = clock.instant();
    this.recorder = new Recorder(clock);
  }

  /** Notes how long a state that may pass by itself is waited for. */
  void isPatientFor(Duration longest) {
    patience = longest;
  }

  Recorder recorder() {
    return recorder;
  }

  /** Notes where the scenario runs. */
  void ranIn(Environment seen) {
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
  void shownBy(Evidence declared) {
    evidence = declared;
  }

  /**
   * Reports something that the scenario measured.
   *
   * @param unit for example {@code MiB}; empty for a ratio
   */
  void figure(String what, double value, String unit) {
    figures.add(new Figure(what, value, unit));
    result.figures(figures);
  }

  /** What the scenario has measured so far. */
  List<Figure> figures() {
    return List.copyOf(figures);
  }

  /** What was recorded so far. */
  History history() {
    return recorder.history(header(List.of()));
  }

  /** The record as it was written. */
  History written() {
    return HistoryFile.read(path());
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
    return judge(claims, name, (history, judged) -> judged);
  }

  /** The same, for now: the record up to here is a file of its own, of this name. */
  Judged judgeSoFar(String part, List<Claim> claims) {
    return judge(claims, name + "." + part, (history, judged) -> judged);
  }

  /**
   * The same.
   *
   * @param settling what counts of what the record yields
   */
  Judged judge(List<Claim> claims, BiFunction<History, Judged, Judged> settling) {
    return judge(claims, name, settling);
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
