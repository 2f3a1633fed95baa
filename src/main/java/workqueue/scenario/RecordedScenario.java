package workqueue.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judged;
import workqueue.checker.claim.Verdict;
import workqueue.conformance.Visited;
import workqueue.gate.Blame;
import workqueue.history.History;
import workqueue.history.HistoryFile;
import workqueue.history.UnreadableHistory;
import workqueue.report.AllureScenario;
import workqueue.report.EnvironmentInfo;
import workqueue.report.ScenarioResult;
import workqueue.report.StepResult;

/** A scenario of which there is a record, to be judged again. */
public final class RecordedScenario {
  private final Run run;
  private final Path file;
  private final int repetition;

  public RecordedScenario(Run run, Path file, int repetition) {
    this.run = run;
    this.file = file;
    this.repetition = repetition;
  }

  /**
   * Judges the claims that the history was recorded with, and reports what comes of it.
   *
   * @throws workqueue.checker.claim.ClaimsRefuted if the record contradicts what the scenario
   *     expects
   * @throws workqueue.checker.claim.ClaimsUndecided if the record is too thin to tell
   * @throws workqueue.checker.claim.ClaimsNotJudged if something that the scenario is not about
   *     kept it from being judged
   * @throws UnreadableHistory if the file holds no history
   */
  public void judge() {
    long start = System.nanoTime();
    History history;
    try {
      history = HistoryFile.read(file);
    } catch (UnreadableHistory unreadable) {
      ScenarioResult.Builder result = begin("judge.unreadable-history");
      ended(
          result.verdict(Verdict.UNKNOWN).message(String.valueOf(unreadable.getMessage())).build());
      run.failed();
      throw unreadable;
    }
    if (Visited.isOf(history)) {
      judgeVisit(history);
      return;
    }
    ScenarioResult.Builder result = begin(history.header().scenario());
    result.history(fromReports()).environment(EnvironmentInfo.of(history.header().environment()));
    Judged judged = Blame.judge(history);
    if (judged.notJudged().isPresent()) {
      run.report().notJudged(history.header().scenario(), judged.notJudged().get());
      new AllureScenario().record(file);
      judged.orThrow();
    }
    ended(
        result
            .steps(StepResult.allIn(history))
            .claims(judged.judgements())
            .findings(judged.findings())
            .verdict(judged.verdict())
            .seconds(Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0)
            .build());
    if (judged.verdict() != Verdict.VALID) {
      run.failed();
    }
    judged.orThrow();
  }

  private void ended(ScenarioResult told) {
    run.ended(told);
    new AllureScenario().ends(told, run.reports());
  }

  /** Where the record lies, seen from the reports. */
  private String fromReports() {
    Path reports = run.reports().toAbsolutePath().normalize();
    return reports.relativize(file.toAbsolutePath().normalize()).toString();
  }

  /** Of a visit to a cluster each check is a scenario, as when it was recorded. */
  private void judgeVisit(History history) {
    long start = System.nanoTime();
    Visited again = Visited.of(history);
    again.report(
        run.report(),
        fromReports(),
        Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0);
    new AllureScenario().record(file);
    Judged judged = Judge.judge(again.history());
    if (judged.verdict() != Verdict.VALID) {
      run.failed();
    }
    judged.orThrow();
  }

  private ScenarioResult.Builder begin(String id) {
    String title = "Judged again from " + file.getFileName();
    run.report().starts(id, title);
    new AllureScenario().begins(id, title, repetition, List.of());
    return ScenarioResult.builder(id, title).repetition(repetition);
  }
}
