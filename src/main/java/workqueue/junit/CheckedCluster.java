package workqueue.junit;

import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judged;
import workqueue.conformance.Answered;
import workqueue.conformance.Visited;
import workqueue.gate.NotTried;

/** The cluster that a run checks: visited once, and each check judged as a scenario. */
public final class CheckedCluster {
  private final ScenarioRun scenario;

  CheckedCluster(ScenarioRun scenario) {
    this.scenario = scenario;
  }

  /**
   * Judges the scenario's check.
   *
   * @throws workqueue.checker.claim.ClaimsRefuted if the check is required and does not hold
   * @throws workqueue.checker.claim.ClaimsUndecided if it is required and was not seen
   */
  public void judge() {
    Visited visited = scenario.shared().visited();
    Answered answered =
        visited.answers().stream()
            .filter(each -> each.check().scenario().equals(scenario.definition().id()))
            .findFirst()
            .orElseThrow();
    if (!answered.isClaimed()) {
      throw new NotTried(answered.whyNot());
    }
    Judged judged = Judge.judge(visited.history(), answered.claim());
    scenario
        .result()
        .claims(judged.judgements())
        .findings(judged.judgements().get(0).findings())
        .check(answered.asResult())
        .history(visited.file());
    judged.orThrow();
  }
}
