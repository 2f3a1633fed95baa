package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.QUOTA_EXCEEDED;

import workqueue.checker.view.JobView;

/** A quota is used up. */
final class QuotaExceeded extends RefusedCreation {

  QuotaExceeded() {
    super(
        QUOTA_EXCEEDED,
        Kind.QUOTA_USED_UP,
        Scope.JOB,
        """
        A ResourceQuota of the namespace allows no further pod, or none of that size. Others' pods that end make room.
        """,
        Remedy.by(Who.CLUSTER, "raise the quota"),
        Remedy.by(Who.JOB, "lower parallelism or the requests"));
  }

  @Override
  Suspicion of(JobView job, String lastMessage) {
    return Suspicion.of(QUOTA_EXCEEDED, job + " may make no pods (" + lastMessage + ")")
        .remedy("kubectl describe quota -n " + job.ref.namespace());
  }
}
