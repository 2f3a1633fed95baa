package workqueue.report;

import java.util.Optional;
import workqueue.checker.claim.Judgement.NotJudged;
import workqueue.checker.diagnosis.FindingCode;

/**
 * Why a scenario did not run, or ran and was not judged.
 *
 * @param code the cause that kept it from being judged; empty if it did not apply
 */
public record NotRun(String reason, Optional<FindingCode> code) {

  static NotRun because(String reason) {
    return new NotRun(reason, Optional.empty());
  }

  static NotRun because(NotJudged why) {
    return new NotRun(why.reason(), Optional.of(why.code()));
  }
}
