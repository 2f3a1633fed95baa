package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.POD_FAILURE_POLICY;

/** A rule of the Job's podFailurePolicy ended it. */
final class PodFailurePolicy extends GaveUp {

  PodFailurePolicy() {
    super(
        POD_FAILURE_POLICY,
        Scope.JOB,
        """
        A pod failed in a way for which the Job's `podFailurePolicy` says `FailJob`, by an exit code or a condition. The Job ends at once,
        whatever is left.
        """,
        Remedy.by(Who.JOB, "change the rule, if the failure is not final"));
  }

  @Override
  boolean is(String reason) {
    return reason.equals("PodFailurePolicy");
  }

  @Override
  Suspicion of(Ended ended) {
    return Suspicion.of(
            POD_FAILURE_POLICY,
            ended.job() + " was ended by its podFailurePolicy" + said("", ended.message()))
        .proof(ended.end().seq());
  }
}
