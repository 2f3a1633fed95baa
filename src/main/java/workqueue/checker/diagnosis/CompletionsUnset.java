package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.COMPLETIONS_UNSET;

import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.checker.view.QueueView;

/**
 * A Job without completions that its first success ended while items were left: it is complete once
 * a pod has succeeded and the others have ended, and makes no more.
 */
final class CompletionsUnset extends Cause {

  CompletionsUnset() {
    super(
        COMPLETIONS_UNSET,
        Scope.JOB,
        """
        A Job without `completions` is complete once a pod has succeeded and the others have ended, and makes no more pods. Its workers have
        to go on until the queue is empty; with one item a run items are left.
        """,
        Remedy.by(Who.JOB, "set completions to the number of items"),
        Remedy.by(Who.AUTHOR, "go on until the queue is empty"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return List.of(FindingCode.FALSE_SUCCESS);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    return picture.jobs().stream().flatMap(job -> of(picture, job).stream()).toList();
  }

  private static Optional<Suspicion> of(Picture picture, JobView job) {
    if (job.state().spec().completions() != null || !job.state().complete()) {
      return Optional.empty();
    }
    QueueView queue = picture.queue(job.queue());
    int left = job.queue().isEmpty() ? 0 : queue.total().orElse(0);
    boolean over = !queue.hasOpenJobs();
    if (left == 0 || !over) {
      return Optional.empty();
    }
    return Optional.of(
        Suspicion.of(
                COMPLETIONS_UNSET,
                job
                    + " has no completions and was over with "
                    + Counted.of(job.state().succeeded(), "success")
                    + " though "
                    + Counted.were(left, "item")
                    + " left")
            .pods(job.pods.stream().filter(PodView::succeeded).map(pod -> pod.ref.name()).toList())
            .proof(job.last().seq(), queue.ready().orElseThrow().seq())
            .remedy(Remedies.runAgain(job.ref, left)));
  }
}
