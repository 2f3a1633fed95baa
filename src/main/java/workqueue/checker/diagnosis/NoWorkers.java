package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.NO_WORKERS;

import java.util.List;
import workqueue.checker.view.JobView;

/** The Job has parallelism 0. */
final class NoWorkers extends Cause {

  NoWorkers() {
    super(
        NO_WORKERS,
        Scope.JOB,
        """
        A Job with `parallelism: 0` makes no pods; some scale a Job down so. It stays as it is until somebody changes that.
        """,
        Remedy.by(Who.JOB, "set parallelism to 1 or more"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return Unattended.jobs(seen.picture())
        .filter(job -> job.state().spec().parallelism() == 0)
        .map(NoWorkers::of)
        .toList();
  }

  private static Suspicion of(JobView job) {
    return Suspicion.of(NO_WORKERS, job + " has parallelism 0")
        .proof(job.last().seq())
        .remedy(Remedies.patch(job.ref, "{\"spec\":{\"parallelism\":2}}"));
  }
}
