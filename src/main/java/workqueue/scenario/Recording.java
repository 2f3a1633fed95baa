package workqueue.scenario;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import workqueue.Counted;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Judged;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.Evidence;
import workqueue.history.History;
import workqueue.waiting.Sight;

/** What a scenario records of its environment: waited on, and judged in the end. */
public final class Recording {
  private final ScenarioRecord record;
  private final ScenarioEnvironment environment;

  Recording(ScenarioRecord record, ScenarioEnvironment environment) {
    this.record = record;
    this.environment = environment;
  }

  /** Declares how the scenario's worker shows what it did; the documented one's way unless said. */
  public void shownBy(Evidence declared) {
    record.shownBy(declared);
  }

  /**
   * Reports something that the scenario measured.
   *
   * @param unit for example {@code MiB}; empty for a ratio
   */
  public void figure(String what, double value, String unit) {
    record.figure(what, value, unit);
  }

  /** What was recorded so far. */
  public History history() {
    return record.history();
  }

  /** Waits until the diagnosis of the record holds the code, as cause or as consequence. */
  public void await(FindingCode code) {
    environment.awaitFinding(code);
  }

  /**
   * Waits until the record shows something; if it does not in time that is told with the verdict.
   *
   * @param what is waited for, as it reads after "Waited 3 s for"
   */
  public void await(String what, Predicate<History> shown) {
    environment.await(what, history -> Sight.when(shown.test(history), "not yet"));
  }

  /** Waits until as many of the Jobs' pods have succeeded. */
  public void awaitSuccesses(int count) {
    environment.await(
        Counted.of(count, "success"),
        history -> {
          int seen =
              history.all(JobState.class).stream()
                  .mapToInt(each -> each.event().succeeded())
                  .max()
                  .orElse(0);
          return Sight.when(seen >= count, "so far " + seen + " succeeded");
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
    record.tell(judge(List.of(claims), (history, judged) -> judged));
  }

  /**
   * The same, whatever comes of it: it is still to be told.
   *
   * @param settling what counts of what the record yields
   */
  Judged judge(List<Claim> claims, BiFunction<History, Judged, Judged> settling) {
    environment.takeFinalState();
    return record.judge(claims, settling);
  }

  /**
   * Takes the state that things are in now, and judges the record up to here: for a scenario in
   * which more is to happen. The record up to here is a file of its own.
   *
   * @param part the name of what has happened so far
   */
  public void judgeSoFar(String part, Claim... claims) {
    environment.takeFinalState();
    record.tell(record.judgeSoFar(part, List.of(claims)));
  }

  /**
   * Takes the final state and reads what is left in the queue, message by message; at a scenario's
   * end only, for what was read counts as redelivered.
   */
  public void readWhatIsLeft(String queue) {
    environment.takeFinalState();
    environment.readWhatIsLeft(queue);
  }
}
