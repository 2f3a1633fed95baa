package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.ACKED_BUT_NOT_REPORTED;
import static workqueue.checker.diagnosis.FindingCode.CONTAINER_STILL_RUNNING;
import static workqueue.checker.diagnosis.FindingCode.DROPPED_BY_BROKER;
import static workqueue.checker.diagnosis.FindingCode.FOREIGN_CONSUMER;
import static workqueue.checker.diagnosis.FindingCode.LOST_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.NODE_LOST;
import static workqueue.checker.diagnosis.FindingCode.NOT_EXITED;
import static workqueue.checker.diagnosis.FindingCode.QUEUE_MISSING;
import static workqueue.checker.diagnosis.FindingCode.WAITING_FOR_WORK;

import java.util.List;
import workqueue.Counted;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.QueueView;

/** Pods wait on an empty queue, and the Job wants more successes than items. */
final class WaitingForWork extends Cause {

  WaitingForWork() {
    super(
        WAITING_FOR_WORK,
        Scope.JOB,
        """
        The queue has been empty for a whole window, the pods of the Job are idle consumers, and the Job lacks successes. By itself it means
        that `completions` is larger than the number of items; else somebody else took items, or a success was not counted.
        """,
        Remedy.by(
            Who.JOB, "set completions to the number of items, or publish as many as are lacking"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return List.of(
        QUEUE_MISSING,
        DROPPED_BY_BROKER,
        LOST_ITEMS,
        ACKED_BUT_NOT_REPORTED,
        FOREIGN_CONSUMER,
        NOT_EXITED,
        CONTAINER_STILL_RUNNING,
        NODE_LOST);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return seen.picture().jobs().stream()
        .flatMap(job -> WaitingProof.of(seen.picture(), job, seen.window()).stream())
        .map(WaitingForWork::of)
        .toList();
  }

  @Override
  List<FindingCode> followsFrom(Suspicion waiting, Picture picture) {
    return moreWanted(picture) ? List.of() : followsFrom();
  }

  /** Whether the Jobs want more successes than items were published. */
  private static boolean moreWanted(Picture picture) {
    return picture.jobs().stream()
        .filter(job -> !job.state().over() && job.state().spec().completions() != null)
        .anyMatch(
            job -> {
              QueueView queue = picture.queue(job.queue());
              int wanted =
                  queue.jobs().stream()
                      .map(each -> each.state().spec().completions())
                      .mapToInt(count -> count == null ? 1 : count)
                      .sum();
              return wanted > queue.published();
            });
  }

  private static Suspicion of(WaitingProof proof) {
    JobView job = proof.job();
    String idle =
        Counted.of(proof.idle().size(), "pod")
            + " of "
            + job
            + " idle on empty queue "
            + job.queue();
    int lacking = job.serves() ? 1 : job.state().spec().completions() - job.state().succeeded();
    return Suspicion.of(
            WAITING_FOR_WORK,
            job.serves()
                ? idle
                : idle
                    + ", and it wants "
                    + Counted.more(lacking, "success")
                    + " of "
                    + job.state().spec().completions())
        .pods(proof.idle().stream().map(pod -> pod.ref.name()).toList())
        .proof(job.last().seq(), proof.from().seq(), proof.to().seq())
        .remedy(
            "for i in $(seq "
                + lacking
                + "); do amqp-publish --url=$BROKER_URL -r "
                + job.queue()
                + " -p -b item-$i; done");
  }
}
