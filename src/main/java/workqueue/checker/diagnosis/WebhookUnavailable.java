package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.WEBHOOK_UNAVAILABLE;

import workqueue.checker.view.JobView;

/** An admission webhook that must be asked does not answer. */
final class WebhookUnavailable extends RefusedCreation {

  WebhookUnavailable() {
    super(
        WEBHOOK_UNAVAILABLE,
        Kind.WEBHOOK,
        Scope.JOB,
        """
        A webhook with `failurePolicy: Fail` has to admit each pod, and its service does not answer. The Job's controller tries again, so
        that one which comes back is early enough.
        """,
        Remedy.by(Who.CLUSTER, "start the webhook's service, or have it fail open"));
  }

  @Override
  Suspicion of(JobView job, String lastMessage) {
    return Suspicion.of(
            WEBHOOK_UNAVAILABLE,
            "a webhook that has to admit the pods of "
                + job
                + " does not answer ("
                + lastMessage
                + ")")
        .remedy("kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations");
  }
}
