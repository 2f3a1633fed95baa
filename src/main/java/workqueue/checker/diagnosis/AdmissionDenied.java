package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.ADMISSION_DENIED;

import workqueue.checker.view.JobView;

/** An admission rule refuses the pods. */
final class AdmissionDenied extends RefusedCreation {

  AdmissionDenied() {
    super(
        ADMISSION_DENIED,
        Kind.ANY_OTHER,
        Scope.JOB,
        """
        The API server refuses each pod that the Job's controller asks for: Pod Security admission, a policy engine, or a validation that the
        pod does not pass. The Job itself was accepted.
        """,
        Remedy.by(Who.JOB, "change the template as the message says"),
        Remedy.by(Who.CLUSTER, "exempt the namespace"));
  }

  @Override
  Suspicion of(JobView job, String lastMessage) {
    return Suspicion.of(
            ADMISSION_DENIED, "the pods of " + job + " are not admitted (" + lastMessage + ")")
        .remedy(Remedies.describe(job.ref));
  }
}
