package workqueue.checker.diagnosis;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import workqueue.Counted;
import workqueue.checker.ledger.HeldOnWire;
import workqueue.checker.view.Picture;
import workqueue.history.BrokerEvent.Consumer;
import workqueue.history.BrokerEvent.QueueConsumers;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.ConsumerStarted;

/** Consumers that set no bound to what they are given at a time. */
public final class UnboundedConsumers {
  /** Who gets items one by one sets no prefetch: more than this at once is no bound. */
  private static final int MOST_FETCHED = 10;

  private UnboundedConsumers() {}

  /**
   * A consumer of the queue that asks for any number of items, or for items without acks; or a
   * client that fetches more and more of them before it acks the first.
   */
  public static Optional<Suspicion> on(Picture picture, String name) {
    return Stream.of(
            picture
                .history
                .all(
                    ConsumerStarted.class,
                    each -> each.queue().equals(name) && (!each.acks() || each.prefetch() == 0))
                .stream(),
            lists(picture, name).stream()
                .filter(
                    each ->
                        each.event().consumers().stream().anyMatch(UnboundedConsumers::asksForAny)))
        .<Recorded<?>>flatMap(each -> each)
        .findFirst()
        .map(
            seen ->
                Suspicion.of(
                        FindingCode.HOARDED_ITEMS,
                        "a consumer of queue "
                            + name
                            + " asks for items without a limit, or without acks")
                    .proof(seen.seq())
                    .remedy(Remedies.depth(name)))
        .or(() -> fetchesAll(picture, name));
  }

  private static Optional<Suspicion> fetchesAll(Picture picture, String name) {
    return HeldOnWire.fetched(picture, name).stream()
        .filter(each -> each.count() > MOST_FETCHED)
        .max(Comparator.comparingInt(HeldOnWire.Held::count))
        .map(
            most ->
                Suspicion.of(
                        FindingCode.HOARDED_ITEMS,
                        "a client of queue %s fetched %s one by one before it acked the first"
                            .formatted(name, Counted.of(most.count(), "item")))
                    .pods(List.of(most.pod()))
                    .proof(most.seq())
                    .remedy(Remedies.depth(name)));
  }

  /** The consumers of the queue as the broker listed them, each time that it did. */
  public static List<Recorded<QueueConsumers>> lists(Picture picture, String name) {
    return picture.history.all(
        QueueConsumers.class, each -> each.queue().equals(name) && !each.consumers().isEmpty());
  }

  private static boolean asksForAny(Consumer consumer) {
    return !consumer.acks() || Integer.valueOf(0).equals(consumer.prefetch());
  }
}
