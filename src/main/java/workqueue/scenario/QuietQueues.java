package workqueue.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.ClusterEvent.PodGone;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.History;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.QueueFoundEmpty;

/**
 * Finds queues that seem empty while nothing changes: whether consumers hold something is asked
 * only then, for it is dear.
 */
final class QuietQueues {
  private static final Duration QUIET = Duration.ofMillis(1_500);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private QuietQueues() {}

  /** Whether it is time to ask this queue exactly. */
  static boolean toAsk(History history, String queue, Instant now) {
    Optional<QueueDepth> last =
        history.last(QueueDepth.class, each -> each.queue().equals(queue)).map(Recorded::event);
    boolean seemsIdle =
        last.filter(each -> Integer.valueOf(0).equals(each.ready()))
            .filter(
                each ->
                    each.consumers() == null
                        || each.consumers() > 0
                        || isAskedForItems(history, queue))
            .isPresent();
    Instant changed = lastChange(history);
    if (!seemsIdle || Duration.between(changed, now).compareTo(QUIET) < 0) {
      return false;
    }
    Optional<QueueDepth> asked =
        history
            .last(QueueDepth.class, each -> each.queue().equals(queue) && each.unacked() != null)
            .map(Recorded::event)
            .filter(each -> !each.sampledAt().isBefore(changed));
    // What was held may be settled by now, without a sign.
    return asked
        .map(each -> each.unacked() > 0 && each.sampledAt().isBefore(now.minus(AGAIN)))
        .orElse(true);
  }

  private static boolean isAskedForItems(History history, String queue) {
    return history.last(QueueFoundEmpty.class, each -> each.queue().equals(queue)).isPresent();
  }

  private static Instant lastChange(History history) {
    return Stream.of(
            history.last(JobState.class),
            history.last(PodState.class),
            history.last(ContainerState.class),
            history.last(PodGone.class),
            history.last(ItemPublished.class))
        .flatMap(Optional::stream)
        .map(Recorded::at)
        .max(Comparator.naturalOrder())
        .orElse(history.header().startedAt());
  }
}
