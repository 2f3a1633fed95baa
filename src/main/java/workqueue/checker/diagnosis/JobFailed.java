package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.JOB_FAILED;

import java.util.List;

/** The Job failed for another reason, which is named. */
final class JobFailed extends GaveUp {

  JobFailed() {
    super(
        JOB_FAILED,
        Scope.JOB,
        """
        The Job has a condition Failed with a reason that has no code of its own, for example `MaxFailedIndexesExceeded`. The reason and the
        message are quoted.
        """,
        Remedy.by(Who.JOB, "see the condition of the Job"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return Families.FAILURES;
  }

  @Override
  boolean is(String reason) {
    return !reason.equals("BackoffLimitExceeded")
        && !reason.equals("DeadlineExceeded")
        && !reason.equals("PodFailurePolicy");
  }

  @Override
  Suspicion of(Ended ended) {
    return Suspicion.of(
            JOB_FAILED,
            ended.job()
                + " failed"
                + said(ended.reason(), ended.message())
                + ended.lastSaid().map(words -> ", last: " + words).orElse(""))
        .pods(ended.pods())
        .proof(ended.end().seq());
  }
}
