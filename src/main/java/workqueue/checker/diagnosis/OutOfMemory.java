package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.OUT_OF_MEMORY;

import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.view.JobView;

/** A container was killed for want of memory. */
final class OutOfMemory extends Cause {

  OutOfMemory() {
    super(
        OUT_OF_MEMORY,
        Scope.POD,
        """
        The kernel killed a worker, or its start, because the container had used up its memory limit. A worker that reads a whole item into
        memory does so on the largest one only.
        """,
        Remedy.by(Who.JOB, "raise the memory limit"),
        Remedy.by(Who.AUTHOR, "use less memory"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return seen.picture().jobs().stream().flatMap(job -> of(seen, job).stream()).toList();
  }

  private static Optional<Suspicion> of(Examination seen, JobView job) {
    List<FailedRuns.Run> killed =
        seen.runs().all().stream()
            .filter(run -> run.job() == job && run.cause() == OUT_OF_MEMORY)
            .toList();
    return killed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Suspicion.of(
                    OUT_OF_MEMORY,
                    Counted.were(killed.size(), "run")
                        + " of "
                        + job
                        + " killed for want of memory")
                .pods(killed.stream().map(run -> run.attempt().pod.ref.name()).toList())
                .proof(killed.stream().flatMap(run -> run.proof().stream()).toList())
                .remedy(
                    "kubectl get job "
                        + job.ref.name()
                        + " -n "
                        + job.ref.namespace()
                        + " -o jsonpath='{.spec.template.spec.containers[*].resources}'"));
  }
}
