package workqueue.checker.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.checker.view.QueueView;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.BrokerEvent.QueueConsumers;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.QueueFoundEmpty;

/**
 * The proof that pods wait for work that will never come: their queue was empty, with nothing held,
 * and they ran and nothing changed, for a whole window, while the Job still lacks successes. Each
 * consumes, or is seen on the wire to ask again and again.
 *
 * @param idle the pods that wait
 * @param from the first sample of the window
 * @param to the last sample of the window
 */
record WaitingProof(JobView job, List<PodView> idle, Recorded<?> from, Recorded<?> to) {

  static Optional<WaitingProof> of(Picture picture, JobView job, Duration window) {
    if (job.queue().isEmpty() || job.state().over() || job.deleted().isPresent()) {
      return Optional.empty();
    }
    Integer completions = job.state().spec().completions();
    List<PodView> idle =
        job.pods.stream()
            .filter(PodView::active)
            .filter(PodView::runs)
            .filter(pod -> NotExited.of(picture, job, pod).isEmpty())
            .toList();
    boolean allRun = job.pods.stream().filter(PodView::active).allMatch(PodView::runs);
    boolean lacks = job.serves() || (completions != null && job.state().succeeded() < completions);
    if (!lacks || idle.isEmpty() || !allRun) {
      return Optional.empty();
    }
    QueueView queue = picture.queue(job.queue());
    Instant quietSince =
        picture
            .history
            .last(ItemPublished.class, item -> item.queue().equals(queue.name))
            .map(Recorded::at)
            .filter(at -> at.isAfter(job.lastChange()))
            .orElse(job.lastChange());
    int asking = (int) idle.stream().filter(pod -> asks(picture, pod, queue, quietSince)).count();
    Recorded<QueueDepth> first = null;
    Recorded<QueueDepth> last = null;
    Recorded<QueueDepth> held = null;
    for (Recorded<QueueDepth> sample : queue.samples()) {
      QueueDepth depth = sample.event();
      if (depth.sampledAt().isBefore(quietSince)) {
        continue;
      }
      if (!empty(depth, idle.size() - asking)) {
        first = null;
        held = null;
        continue;
      }
      first = first == null ? sample : first;
      held = depth.unacked() != null ? sample : held;
      last = sample;
    }
    boolean busy =
        picture
            .history
            .last(QueueConsumers.class, consumers -> consumers.queue().equals(queue.name))
            .map(
                consumers ->
                    consumers.event().consumers().stream()
                        .anyMatch(each -> each.unacked() != null && each.unacked() > 0))
            .orElse(false);
    boolean proven =
        first != null && held != null && !busy && !between(first, last).minus(window).isNegative();
    return proven ? Optional.of(new WaitingProof(job, idle, first, last)) : Optional.empty();
  }

  /** Whether it came back for an item after it was told that there is none. */
  private static boolean asks(Picture picture, PodView pod, QueueView queue, Instant since) {
    return picture.history.all(QueueFoundEmpty.class).stream()
            .filter(each -> each.at().isAfter(since) && each.event().queue().equals(queue.name))
            .map(each -> picture.connections().podOf(each.event().connection()))
            .filter(pod.ref.name()::equals)
            .limit(2)
            .count()
        == 2;
  }

  /** Nothing ready, nothing held as far as was asked, and no fewer consumers than there must be. */
  private static boolean empty(QueueDepth depth, int wanted) {
    return depth.exists()
        && Integer.valueOf(0).equals(depth.ready())
        && (depth.unacked() == null || depth.unacked() == 0)
        && (depth.consumers() == null || depth.consumers() >= wanted);
  }

  private static Duration between(Recorded<QueueDepth> first, Recorded<QueueDepth> last) {
    return Duration.between(first.event().sampledAt(), last.event().sampledAt());
  }
}
