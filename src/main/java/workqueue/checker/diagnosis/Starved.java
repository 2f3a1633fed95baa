package workqueue.checker.diagnosis;

import java.time.Duration;
import java.util.Optional;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.WireView;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.Recorded;

/**
 * That a Job's pods fail one after the other for want of an item: the queue has been empty for a
 * whole window, the Job lacks successes, and all runs that began since then failed, several of
 * them. What is wrong is told by why the items are gone, or by how the pods fail.
 *
 * @param from the first sample that shows the queue empty
 */
record Starved(Recorded<QueueDepth> from) {
  private static final int RUNS = 3;

  /** What took the last item may be seen to run only after the queue was seen empty. */
  private static final Duration LAG = Duration.ofSeconds(5);

  static Optional<Starved> of(Picture picture, JobView job, Duration window) {
    Integer completions = job.state().spec().completions();
    if (job.queue().isEmpty()
        || job.state().over()
        || job.deleted().isPresent()
        || completions == null
        || job.state().succeeded() >= completions) {
      return Optional.empty();
    }
    return emptySince(picture, job)
        .filter(from -> !Duration.between(from.at(), picture.now()).minus(window).isNegative())
        .filter(from -> allFailSince(from, job))
        .map(Starved::new);
  }

  /** The first of the samples at the record's end that show nothing ready and nothing held. */
  private static Optional<Recorded<QueueDepth>> emptySince(Picture picture, JobView job) {
    String queue = job.queue();
    Recorded<QueueDepth> first = null;
    boolean heldKnown = false;
    for (Recorded<QueueDepth> sample : picture.queue(queue).samples()) {
      QueueDepth depth = sample.event();
      boolean empty =
          depth.exists()
              && Integer.valueOf(0).equals(depth.ready())
              && (depth.unacked() == null || depth.unacked() == 0);
      first = empty ? (first == null ? sample : first) : null;
      heldKnown = empty && (heldKnown || depth.unacked() != null);
    }
    Recorded<QueueDepth> from = first;
    boolean filledLater =
        from != null
            && picture
                .history
                .last(ItemPublished.class, item -> item.queue().equals(queue))
                .filter(item -> item.at().isAfter(from.event().sampledAt()))
                .isPresent();
    return from != null && !filledLater && (heldKnown || nobodyHolds(picture, job))
        ? Optional.of(from)
        : Optional.empty();
  }

  /** Whether no pod of the Job can hold an item, by the wire, or as none of them runs. */
  private static boolean nobodyHolds(Picture picture, JobView job) {
    return picture.connections().seen()
        ? job.pods.stream().allMatch(pod -> WireView.of(picture).heldBy(pod.ref.name()).isEmpty())
        : job.attempts().stream().noneMatch(Attempt::running);
  }

  private static boolean allFailSince(Recorded<QueueDepth> from, JobView job) {
    var since =
        job.attempts().stream()
            .filter(Attempt::began)
            .filter(attempt -> attempt.firstSeenAt().isAfter(from.at()))
            .toList();
    return since.stream().filter(Attempt::failed).count() >= RUNS
        && since.stream()
            .allMatch(
                attempt ->
                    attempt.failed()
                        || attempt.running()
                        || attempt.firstSeenAt().isBefore(from.at().plus(LAG)))
        && job.attempts().stream()
            .filter(Attempt::running)
            .allMatch(attempt -> attempt.firstSeenAt().isAfter(from.at()));
  }
}
