package workqueue.checker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.BrokerEvent.QueueArguments;
import workqueue.history.Recorded;

/**
 * A rule of a queue by which the broker drops messages without telling anybody.
 *
 * @param name of the queue's argument
 * @param value its value, or the broker's default
 * @param declared the event that shows how the queue was declared
 */
record DroppingRule(String queue, String name, String value, long declared) {
  /** Of quorum queues since RabbitMQ 4.0; none before, where an item comes back without end. */
  private static final String DEFAULT_DELIVERY_LIMIT = "20";

  private static final String DELIVERY_LIMIT = "x-delivery-limit";
  private static final String TIME_TO_LIVE = "x-message-ttl";
  private static final String LENGTH = "x-max-length";

  /**
   * The rule that made the broker drop an item that is gone from its queue unprocessed; empty if
   * none did, or if the wire was not watched: a worker may have taken the item then.
   */
  static Optional<DroppingRule> of(Picture picture, LedgerEntry gone) {
    if (!picture.ledger().wire() || gone.deliveries().stream().anyMatch(DroppingRule::isKept)) {
      return Optional.empty();
    }
    return picture
        .history
        .last(QueueArguments.class, each -> each.queue().equals(gone.queue()))
        .flatMap(declared -> of(picture, gone, declared));
  }

  private static Optional<DroppingRule> of(
      Picture picture, LedgerEntry gone, Recorded<QueueArguments> declared) {
    for (String rule : List.of(DELIVERY_LIMIT, TIME_TO_LIVE, LENGTH)) {
      Optional<String> value = value(rule, declared.event());
      if (value.filter(text -> isMet(rule, Long.parseLong(text), picture, gone)).isPresent()) {
        return Optional.of(new DroppingRule(gone.queue(), rule, value.get(), declared.seq()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> value(String rule, QueueArguments declared) {
    String given = declared.arguments().get(rule);
    if (given == null
        && rule.equals(DELIVERY_LIMIT)
        && "quorum".equals(declared.arguments().get("x-queue-type"))) {
      return Optional.of(DEFAULT_DELIVERY_LIMIT);
    }
    // Below zero a limit is none.
    return Optional.ofNullable(given).filter(text -> text.matches("[0-9]{1,18}"));
  }

  private static boolean isMet(String rule, long value, Picture picture, LedgerEntry gone) {
    return switch (rule) {
      case DELIVERY_LIMIT -> gone.deliveries().size() > value;
      case TIME_TO_LIVE -> waitedFor(Duration.ofMillis(value), picture, gone);
      default -> wasPushedOut(value, picture, gone);
    };
  }

  /** Whether a client took it: acked, in a mode without acks, rejected, or never let go of. */
  private static boolean isKept(LedgerEntry.Delivery delivery) {
    return !delivery.acks() || delivery.ackSeq() > 0 || delivery.returnedSeq() == 0;
  }

  private static boolean waitedFor(Duration time, Picture picture, LedgerEntry gone) {
    Instant published = picture.history.events().get((int) (gone.publishedSeq() - 1)).at();
    return !published.plus(time).isAfter(picture.now());
  }

  /** The oldest go first, before anybody got them. */
  private static boolean wasPushedOut(long length, Picture picture, LedgerEntry gone) {
    String overflow =
        picture
            .history
            .last(QueueArguments.class, each -> each.queue().equals(gone.queue()))
            .map(each -> each.event().arguments().getOrDefault("x-overflow", "drop-head"))
            .orElse("");
    long published =
        picture.history.all(ItemPublished.class, each -> each.queue().equals(gone.queue())).size();
    return overflow.equals("drop-head") && gone.deliveries().isEmpty() && published > length;
  }

  @Override
  public String toString() {
    return name + "=" + value + " of queue " + queue;
  }
}
