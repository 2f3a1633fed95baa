package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.OTHER_QUEUE;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.checker.view.WireView;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.ConsumerStarted;

/** Workers that consume, and not from the queue that they were given. */
final class OtherQueue extends Cause {
  /** Who consumes from several queues begins with one. */
  private static final Duration ONE_BY_ONE = Duration.ofSeconds(2);

  OtherQueue() {
    super(
        OTHER_QUEUE,
        Scope.JOB,
        """
        The wire shows that workers consume from a queue that is not the one in their environment: its name is built in, or read from another
        variable. They wait there forever.
        """,
        Remedy.by(Who.AUTHOR, "take the name of the queue from QUEUE"),
        Remedy.by(Who.JOB, "name the variable as the worker reads it"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    return Stuck.grouped(
        Stuck.jobs(picture).filter(job -> !job.queue().isEmpty()),
        (job, pod) -> other(picture, job, pod),
        (job, queue, pods) -> of(picture, job, queue, pods));
  }

  private static Suspicion of(Picture picture, JobView job, String queue, List<PodView> pods) {
    return Suspicion.of(
            OTHER_QUEUE,
            "queue "
                + queue
                + " is consumed by "
                + Counted.of(pods.size(), "pod")
                + " of "
                + job
                + ", which was given queue "
                + job.queue())
        .proof(
            pods.stream()
                .flatMap(pod -> picture.connections().consumersOf(pod.ref.name()).stream())
                .map(Recorded::seq)
                .toList())
        .remedy(Remedies.environment(job.ref));
  }

  /**
   * The queue that the pod consumes from; empty if it is the one it was given as well, or may be in
   * a moment, or none is seen.
   */
  private static Optional<String> other(Picture picture, JobView job, PodView pod) {
    List<Recorded<ConsumerStarted>> consumers = picture.connections().consumersOf(pod.ref.name());
    if (consumers.isEmpty()) {
      return Optional.empty();
    }
    boolean onIts = consumers.stream().anyMatch(each -> each.event().queue().equals(job.queue()));
    boolean gotAnItem =
        WireView.of(picture).to(pod.ref.name()).stream()
            .anyMatch(each -> each.delivered.event().queue().equals(job.queue()));
    boolean mayFollow =
        pod.runs()
            && consumers.stream()
                .allMatch(
                    each ->
                        Duration.between(each.at(), picture.now()).minus(ONE_BY_ONE).isNegative());
    return onIts || gotAnItem || mayFollow
        ? Optional.empty()
        : consumers.stream().map(each -> each.event().queue()).findFirst();
  }
}
