package workqueue.conformance;

import java.util.List;
import workqueue.checker.claim.CheckAnswer;
import workqueue.checker.claim.CheckAnswer.Outcome;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Claims;
import workqueue.checker.claim.ClusterChecks;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judged;
import workqueue.checker.claim.Verdict;
import workqueue.history.History;
import workqueue.report.CheckResult;
import workqueue.report.EnvironmentInfo;
import workqueue.report.ScenarioResult;

/**
 * A check and what a record shows of it.
 *
 * @param answer as the record shows it
 */
public record Answered(Check check, CheckAnswer answer) {

  /** What the history shows of these checks. */
  static List<Answered> of(List<Check> checks, History history) {
    return checks.stream()
        .map(each -> new Answered(each, ClusterChecks.answer(each.id(), history)))
        .toList();
  }

  /** Whether a claim is made of it: one that is not required and not seen counts for nothing. */
  public boolean isClaimed() {
    return answer.outcome() != Outcome.NOT_RUN
        && (check.isRequired() || answer.outcome() != Outcome.UNKNOWN);
  }

  /** Why it is not claimed. */
  public String whyNot() {
    return answer.said();
  }

  /** The claim of it. */
  public Claim claim() {
    return check.isRequired() ? Claims.passesCheck(check.id()) : Claims.answersCheck(check.id());
  }

  /** Whether it holds, as far as it is known. */
  public Verdict verdict() {
    return switch (answer.outcome()) {
      case HOLDS -> Verdict.VALID;
      case FAILS -> Verdict.INVALID;
      case UNKNOWN, NOT_RUN -> Verdict.UNKNOWN;
    };
  }

  /** Who can fix it. */
  public String owner() {
    return answer.owner().isEmpty() ? check.owner() : answer.owner();
  }

  /** The result of its scenario, judged on the history. */
  ScenarioResult.Builder result(History history, String file) {
    Judged judged = Judge.judge(history, claim());
    return ScenarioResult.builder(check.scenario(), check.sentence())
        .claims(judged.judgements())
        .findings(judged.judgements().get(0).findings())
        .history(file)
        .environment(EnvironmentInfo.of(history.header().environment()))
        .check(asResult());
  }

  /** What it came to, for the result. */
  public CheckResult asResult() {
    return new CheckResult(
        check.id(),
        check.level().word(),
        verdict(),
        answer.inferred(),
        owner(),
        answer.said(),
        answer.missing());
  }
}
