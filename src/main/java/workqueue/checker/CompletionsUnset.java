package workqueue.checker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import workqueue.Counted;

/**
 * A Job without completions that its first success ended while items were left: it is complete once
 * a pod has succeeded and the others have ended, and makes no more.
 */
final class CompletionsUnset implements Cause {
  @Override
  public List<Suspicion> in(Picture picture, Duration window) {
    return picture.jobs().stream().flatMap(job -> of(picture, job).stream()).toList();
  }

  private static Optional<Suspicion> of(Picture picture, JobView job) {
    if (job.state().spec().completions() != null || !job.state().complete()) {
      return Optional.empty();
    }
    QueueView queue = picture.queue(job.queue());
    int left = job.queue().isEmpty() ? 0 : queue.total().orElse(0);
    boolean over = queue.jobs().stream().allMatch(each -> each.state().over());
    if (left == 0 || !over) {
      return Optional.empty();
    }
    return Optional.of(
        Suspicion.of(
                FindingCode.COMPLETIONS_UNSET,
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
