package workqueue.checker.ledger;

import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.BrokerEvent.QueueArguments;
import workqueue.history.Recorded;

/**
 * A rule of a queue by which the broker drops messages without telling anybody: the delivery limit
 * that a quorum queue was declared with. Other queues ignore that argument.
 *
 * @param limit how often an item may come back
 * @param declared the event that shows how the queue was declared
 */
public record DroppingRule(String queue, long limit, long declared) {
  private static final String ARGUMENT = "x-delivery-limit";

  /**
   * The rule that made the broker drop an item that is gone from its queue unprocessed; empty if
   * none did, or if the wire was not watched: a worker may have taken the item then.
   */
  public static Optional<DroppingRule> of(Picture picture, LedgerEntry gone) {
    if (!Ledger.of(picture).wire() || gone.deliveries().stream().anyMatch(DroppingRule::isKept)) {
      return Optional.empty();
    }
    return picture
        .history
        .last(QueueArguments.class, each -> each.queue().equals(gone.queue()))
        .flatMap(DroppingRule::of)
        .filter(rule -> gone.deliveries().size() > rule.limit);
  }

  private static Optional<DroppingRule> of(Recorded<QueueArguments> declared) {
    QueueArguments event = declared.event();
    // Below zero a limit is none.
    return Optional.ofNullable(event.arguments().get(ARGUMENT))
        .filter(text -> text.matches("[0-9]{1,18}"))
        .filter(text -> "quorum".equals(event.arguments().get("x-queue-type")))
        .map(text -> new DroppingRule(event.queue(), Long.parseLong(text), declared.seq()));
  }

  /** Whether a client took it: acked, in a mode without acks, rejected, or never let go of. */
  private static boolean isKept(LedgerEntry.Delivery delivery) {
    return !delivery.acks() || delivery.ackSeq() > 0 || delivery.returnedSeq() == 0;
  }

  @Override
  public String toString() {
    return ARGUMENT + "=" + limit + " of queue " + queue;
  }
}
