package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.TAKEN_OVER;

import java.util.List;
import workqueue.checker.view.JobView;

/** The Job is left to another controller, which does not reconcile it. */
final class TakenOver extends Cause {

  TakenOver() {
    super(
        TAKEN_OVER,
        Scope.JOB,
        """
        `spec.managedBy` names a controller that is not the cluster's own, and that one has not taken the Job up or does not count its pods.
        """,
        Remedy.by(Who.JOB, "leave managedBy out"),
        Remedy.by(Who.CLUSTER, "start the controller that it names"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return Unattended.jobs(seen.picture())
        .filter(job -> job.state().spec().managedByOthers())
        .flatMap(job -> Unattended.of(seen, job).stream())
        .map(TakenOver::of)
        .toList();
  }

  private static Suspicion of(Unattended unattended) {
    JobView job = unattended.job();
    return Suspicion.of(
            TAKEN_OVER,
            job
                + " is left to "
                + job.state().spec().managedBy()
                + ", which "
                + (unattended.neverTaken() ? "has not taken it up" : "does not count its pods"))
        .proof(unattended.proof())
        .remedy(Remedies.field(job.ref, "{.spec.managedBy}"));
  }
}
