package workqueue.checker;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import workqueue.Counted;
import workqueue.history.BrokerEvent.BrokerCounters;
import workqueue.history.BrokerEvent.Consumer;
import workqueue.history.BrokerEvent.QueueConsumers;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.ConsumerStarted;
import workqueue.history.WireEvent.Delivered;

/** The claims about what consumers take and hold. */
final class ConsumerClaims {
  /** Who gets items one by one sets no prefetch: more than this at once is no bound. */
  private static final int MOST_FETCHED = 10;

  private ConsumerClaims() {}

  static Conclusion holdOneAtATime(Picture picture, String words, String name) {
    QueueView queue = picture.queue(name);
    List<Finding> hoarded =
        picture.examination(Diagnosis.WINDOW).of(FindingCode.HOARDED_ITEMS).stream()
            .map(Suspicion::asRoot)
            .toList();
    if (!hoarded.isEmpty()) {
      return Conclusion.invalid(
          Explanation.of(words + ": some of " + queue + " hold more")
              .expected("no item held beside the one that is worked on")
              .actual(hoarded.get(0).message())
              .remedy(hoarded.get(0).remedy()),
          hoarded.toArray(Finding[]::new));
    }
    List<HeldOnWire.Unacked> unacked = HeldOnWire.withoutAcks(picture, name);
    if (!unacked.isEmpty()) {
      return withoutAcks(words, queue, unacked.get(0));
    }
    if (picture.ledger().wire()) {
      return Conclusion.valid();
    }
    Optional<Recorded<BrokerCounters>> counters = counters(picture, queue);
    boolean told =
        counters.isPresent()
            && queue.jobs().stream().allMatch(job -> job.state().complete())
            && Sums.of(picture, queue).falseSuccesses() == 0;
    return told
        ? Conclusion.valid()
        : Conclusion.unknown(
            Explanation.of(words + ": cannot be told of " + queue)
                .expected("the wire, or the broker's counters after a Job that is complete")
                .actual(
                    counters
                        .map(each -> each.event().redelivered() + " handed out again")
                        .orElse("neither")));
  }

  /** As consumers asked for it on the wire, or else as the broker lists them. */
  static Conclusion boundPrefetch(Picture picture, String words, String name) {
    Optional<Suspicion> unbounded = unbounded(picture, name);
    if (unbounded.isPresent()) {
      return Conclusion.invalid(
          Explanation.of(words + ": one of " + picture.queue(name) + " sets no bound")
              .expected("a prefetch above 0, and acks")
              .actual(unbounded.get().message()),
          unbounded.get().asRoot());
    }
    List<Recorded<Delivered>> unacked =
        picture.history.all(Delivered.class, each -> each.queue().equals(name) && !each.acks());
    if (!unacked.isEmpty()) {
      String what = "a client of queue " + name + " gets items without acks";
      return Conclusion.invalid(
          Explanation.of(words + ": one of " + picture.queue(name) + " sets no bound")
              .expected("a prefetch above 0, and acks")
              .actual(what),
          Suspicion.of(FindingCode.HOARDED_ITEMS, what).proof(unacked.get(0).seq()).asRoot());
    }
    boolean seen = picture.ledger().wire() || !lists(picture, name).isEmpty();
    return seen
        ? Conclusion.valid()
        : Conclusion.unknown(
            Explanation.of(words + ": cannot be told of " + picture.queue(name))
                .expected("the wire, or the broker's list of consumers")
                .actual("neither"));
  }

  /**
   * A consumer of the queue that asks for any number of items, or for items without acks; or a
   * client that fetches more and more of them before it acks the first.
   */
  static Optional<Suspicion> unbounded(Picture picture, String name) {
    return Stream.of(
            picture
                .history
                .all(
                    ConsumerStarted.class,
                    each -> each.queue().equals(name) && (!each.acks() || each.prefetch() == 0))
                .stream(),
            lists(picture, name).stream()
                .filter(
                    each -> each.event().consumers().stream().anyMatch(ConsumerClaims::asksForAny)))
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

  private static List<Recorded<QueueConsumers>> lists(Picture picture, String name) {
    return picture.history.all(QueueConsumers.class, each -> each.queue().equals(name));
  }

  private static boolean asksForAny(Consumer consumer) {
    return !consumer.acks() || Integer.valueOf(0).equals(consumer.prefetch());
  }

  private static Conclusion withoutAcks(String words, QueueView queue, HeldOnWire.Unacked most) {
    HeldOnWire.Held held = most.held();
    String what =
        "pod %s was given %s without acks, and worked on %d"
            .formatted(held.pod(), Counted.of(held.count(), "item"), most.worked());
    return Conclusion.invalid(
        Explanation.of(words + ": one of " + queue + " was given more")
            .expected("no item held beside the one that is worked on")
            .actual(what),
        Suspicion.of(FindingCode.HOARDED_ITEMS, what)
            .pods(List.of(held.pod()))
            .proof(held.seq())
            .asRoot());
  }

  /** The broker's counters if they are newer than all that happened to the queue. */
  static Optional<Recorded<BrokerCounters>> counters(Picture picture, QueueView queue) {
    Optional<Instant> settled = queue.settledAt();
    return Sums.counters(picture, queue)
        .filter(each -> settled.map(at -> !each.event().sampledAt().isBefore(at)).orElse(false));
  }

  /** Whether some run failed, or exited 0 without its item being acked. */
  static Conclusion someWorkFails(Picture picture, String words) {
    boolean failed =
        picture.jobs().stream().flatMap(job -> job.attempts().stream()).anyMatch(Attempt::failed);
    boolean hidden =
        picture.jobs().stream()
            .map(job -> Sums.of(picture, picture.queue(job.queue())))
            .anyMatch(sums -> sums.falseSuccesses() > 0);
    return failed || hidden
        ? Conclusion.valid()
        : Conclusion.invalid(
            Explanation.of(words + ": no run failed, as far as can be seen")
                .expected("a run that fails on the item that is to make it fail")
                .actual("none")
                .remedy("mvn verify -Pgate -Dwq.gate.poison='<an item that the worker fails on>'"));
  }
}
