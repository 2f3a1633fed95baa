package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.ADMISSION_DENIED;

import java.util.ArrayList;
import java.util.List;
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
        pod does not pass. The Job itself was accepted. Or it refuses that pods are updated: then the controller cannot take its finalizer from
        those that have ended, which it knows of and never counts.
        """,
        Remedy.by(Who.JOB, "change the template as the message says"),
        Remedy.by(Who.CLUSTER, "exempt the namespace"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    List<Suspicion> found = new ArrayList<>(super.in(seen));
    for (JobView job : seen.picture().jobs()) {
      int uncounted = job.state().hasUncounted() ? job.state().uncounted() : 0;
      if (uncounted > 0
          && !job.state().over()
          && seen.isOld(job.last().at(), seen.picture().now())) {
        found.add(
            Suspicion.of(
                    ADMISSION_DENIED,
                    "the controller of %s knows that %d of its pods %s ended and cannot take the finalizer batch.kubernetes.io/job-tracking from %s: something refuses that pods are updated"
                        .formatted(
                            job,
                            uncounted,
                            uncounted == 1 ? "has" : "have",
                            uncounted == 1 ? "it" : "them"))
                .proof(List.of(job.last().seq()))
                .remedy(
                    "kubectl get mutatingwebhookconfigurations,validatingwebhookconfigurations -o yaml"));
      }
    }
    return found;
  }

  @Override
  Suspicion of(JobView job, String lastMessage) {
    return Suspicion.of(
            ADMISSION_DENIED, "the pods of " + job + " are not admitted (" + lastMessage + ")")
        .remedy(Remedies.describe(job.ref));
  }
}
