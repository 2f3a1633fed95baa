package workqueue.gate;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.History;
import workqueue.history.Recorded;

/** What a queue held once it was filled: what it held before tells nothing of a worker. */
final class Filled {
  private Filled() {}

  /** The last look at it since its last item was published; empty if there was none yet. */
  static Optional<QueueDepth> last(History history, String queue) {
    Optional<Instant> filled =
        history.all(ItemPublished.class, item -> item.queue().equals(queue)).stream()
            .map(Recorded::at)
            .max(Comparator.naturalOrder());
    return filled.flatMap(
        since ->
            history
                .last(
                    QueueDepth.class,
                    depth -> depth.queue().equals(queue) && !depth.sampledAt().isBefore(since))
                .map(Recorded::event));
  }
}
