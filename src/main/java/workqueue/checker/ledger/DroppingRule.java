package workqueue.checker.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.BrokerEvent.QueueArguments;
import workqueue.history.BrokerEvent.QueuePolicy;
import workqueue.history.Environment;
import workqueue.history.Recorded;

/**
 * A rule of a queue by which the broker drops messages without telling anybody: how often they may
 * come back, how long they are kept, how many there may be. An argument of the queue states it, a
 * policy, or the broker's version.
 *
 * @param stated name and value, and by whom it is stated
 * @param proof the events that show it
 */
public record DroppingRule(String queue, String stated, List<Long> proof) {
  /** RabbitMQ's own from 4.0 on: https://www.rabbitmq.com/docs/quorum-queues#poison-message. */
  private static final int USUAL_RETURNS = 20;

  private static final String TYPE = "queue-type";
  private static final String OVERFLOW = "overflow";
  private static final String RETURNS = "delivery-limit";
  private static final String AGE = "message-ttl";
  private static final String LENGTH = "max-length";
  private static final String BYTES = "max-length-bytes";
  private static final List<String> RULES = List.of(RETURNS, AGE, LENGTH, BYTES);

  public DroppingRule {
    proof = List.copyOf(proof);
  }

  /** What an argument or a policy says. */
  private record Source(String prefix, String suffix, Map<String, String> says, List<Long> proof) {
    private Optional<Long> number(String name) {
      // Below zero a limit is none.
      return Optional.ofNullable(says.get(prefix + name))
          .filter(text -> text.matches("[0-9]{1,18}"))
          .map(Long::valueOf);
    }

    private Optional<String> text(String name) {
      return Optional.ofNullable(says.get(prefix + name));
    }
  }

  /**
   * The rule that made the broker drop an item that is gone from its queue unprocessed; empty if
   * none did, or if the wire was not watched: a worker may have taken the item then.
   */
  public static Optional<DroppingRule> of(Picture picture, LedgerEntry gone) {
    if (!Ledger.of(picture).wire() || gone.deliveries().stream().anyMatch(DroppingRule::isKept)) {
      return Optional.empty();
    }
    List<Source> sources = sources(picture, gone.queue());
    return sources.stream()
        .flatMap(
            source ->
                RULES.stream()
                    .flatMap(
                        rule ->
                            source.number(rule).stream()
                                .filter(value -> drops(picture, gone, sources, rule, value))
                                .map(value -> stated(gone, source, rule, value))))
        .findFirst()
        .or(() -> byItself(picture, gone, sources));
  }

  /** Whether the item is one that a rule of this value drops. */
  private static boolean drops(
      Picture picture, LedgerEntry gone, List<Source> sources, String rule, long value) {
    return switch (rule) {
      case RETURNS -> isQuorum(sources) && gone.deliveries().size() > value;
      case AGE -> wasThereFor(picture, gone, Duration.ofMillis(value));
      case LENGTH -> !refusesInstead(sources) && since(picture, gone).size() > value;
      default -> !refusesInstead(sources) && bytes(since(picture, gone)) > value;
    };
  }

  private static DroppingRule stated(LedgerEntry gone, Source source, String rule, long value) {
    return new DroppingRule(
        gone.queue(), source.prefix + rule + "=" + value + source.suffix, source.proof);
  }

  /** What the broker's version says where nothing else does. */
  private static Optional<DroppingRule> byItself(
      Picture picture, LedgerEntry gone, List<Source> sources) {
    boolean says = sources.stream().anyMatch(each -> each.text(RETURNS).isPresent());
    return isQuorum(sources)
            && !says
            && limitsReturns(picture)
            && gone.deliveries().size() > USUAL_RETURNS
        ? Optional.of(
            new DroppingRule(
                gone.queue(),
                "the limit of " + USUAL_RETURNS + " deliveries that RabbitMQ sets",
                sources.stream().flatMap(each -> each.proof.stream()).toList()))
        : Optional.empty();
  }

  private static boolean isQuorum(List<Source> sources) {
    return sources.stream().anyMatch(each -> each.text(TYPE).filter("quorum"::equals).isPresent());
  }

  /** Whether a queue that is full takes nothing more, and drops nothing. */
  private static boolean refusesInstead(List<Source> sources) {
    return sources.stream()
        .flatMap(each -> each.text(OVERFLOW).stream())
        .anyMatch(each -> each.startsWith("reject-publish"));
  }

  private static List<Source> sources(Picture picture, String queue) {
    List<Source> sources = new ArrayList<>();
    picture
        .history
        .last(QueueArguments.class, each -> each.queue().equals(queue))
        .ifPresent(
            each ->
                sources.add(new Source("x-", "", each.event().arguments(), List.of(each.seq()))));
    picture
        .history
        .last(QueuePolicy.class, each -> each.queue().equals(queue))
        .ifPresent(
            each ->
                sources.add(
                    new Source(
                        "",
                        " (policy " + each.event().policy() + ")",
                        each.event().definition(),
                        List.of(each.seq()))));
    return sources;
  }

  private static boolean limitsReturns(Picture picture) {
    Environment.Broker broker = picture.history.header().environment().broker();
    return broker != null
        && (broker.product().isEmpty() || broker.product().equals("RabbitMQ"))
        && broker.version().matches("([4-9]|[1-9][0-9]+)\\..*");
  }

  /** The item, and what came into its queue after it: it is the oldest that makes room. */
  private static List<Recorded<ItemPublished>> since(Picture picture, LedgerEntry item) {
    return picture
        .history
        .all(ItemPublished.class, each -> each.queue().equals(item.queue()))
        .stream()
        .filter(each -> each.seq() >= item.publishedSeq())
        .toList();
  }

  private static long bytes(List<Recorded<ItemPublished>> published) {
    return published.stream().mapToLong(each -> each.event().payload().size()).sum();
  }

  /** Whether it was published so long before the record ends. */
  private static boolean wasThereFor(Picture picture, LedgerEntry item, Duration time) {
    return since(picture, item).stream()
        .limit(1)
        .anyMatch(each -> !each.at().plus(time).isAfter(picture.now()));
  }

  /** Whether a client took it: acked, in a mode without acks, rejected, or never let go of. */
  private static boolean isKept(LedgerEntry.Delivery delivery) {
    return !delivery.acks() || delivery.ackSeq() > 0 || delivery.returnedSeq() == 0;
  }

  @Override
  public String toString() {
    return stated + " of queue " + queue;
  }
}
