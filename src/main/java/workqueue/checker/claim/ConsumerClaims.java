package workqueue.checker.claim;

import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.Examination;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.diagnosis.Suspicion;
import workqueue.checker.diagnosis.UnboundedConsumers;
import workqueue.checker.ledger.HeldOnWire;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.Sums;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.Picture;
import workqueue.checker.view.QueueView;
import workqueue.history.BrokerEvent.BrokerCounters;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.Delivered;

/** The claims about what consumers take and hold. */
final class ConsumerClaims {
  private ConsumerClaims() {}

  static Conclusion holdOneAtATime(Picture picture, String words, String name) {
    QueueView queue = picture.queue(name);
    List<Finding> hoarded =
        Examination.of(picture, Diagnosis.WINDOW).of(FindingCode.HOARDED_ITEMS).stream()
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
    if (Ledger.of(picture).wire()) {
      return Conclusion.valid();
    }
    Optional<Recorded<BrokerCounters>> counters = Sums.settledCounters(picture, queue);
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
    Optional<Suspicion> unbounded = UnboundedConsumers.on(picture, name);
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
    boolean seen = Ledger.of(picture).wire() || !UnboundedConsumers.lists(picture, name).isEmpty();
    return seen
        ? Conclusion.valid()
        : Conclusion.unknown(
            Explanation.of(words + ": cannot be told of " + picture.queue(name))
                .expected("the wire, or the broker's list of consumers")
                .actual("neither"));
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
