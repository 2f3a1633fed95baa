package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.SUSPENDED;

import java.util.List;
import workqueue.checker.view.JobView;

/** The Job is suspended. */
final class Suspended extends Cause {

  Suspended() {
    super(
        SUSPENDED,
        Scope.JOB,
        """
        `spec.suspend` is true: the controller deletes the pods of the Job and makes none until somebody resumes it. A queueing system such as
        Kueue suspends Jobs until it has room for them.
        """,
        Remedy.by(Who.JOB, "resume the Job, or see who suspends it"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return Unattended.jobs(seen.picture())
        .filter(job -> job.state().spec().suspend())
        .map(Suspended::of)
        .toList();
  }

  private static Suspicion of(JobView job) {
    return Suspicion.of(SUSPENDED, job + " is suspended")
        .proof(job.last().seq())
        .remedy(Remedies.patch(job.ref, "{\"spec\":{\"suspend\":false}}"));
  }
}
