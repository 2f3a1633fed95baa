package workqueue.checker.claim;

import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.Examination;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.diagnosis.Suspicion;
import workqueue.checker.ledger.HeldOnWire;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.Sums;
import workqueue.checker.view.Picture;
import workqueue.checker.view.QueueView;
import workqueue.history.BrokerEvent.BrokerCounters;
import workqueue.history.Event;
import workqueue.history.Recorded;

/** No consumer of the queue holds an item beside the one that it works on. */
record HoldsOneAtATime(String queue) implements Statement {
  @Override
  public String words() {
    return "consumers of queue " + queue + " hold one item at a time";
  }

  @Override
  public Conclusion judge(Picture picture) {
    QueueView seen = picture.queue(queue);
    List<Finding> hoarded =
        Examination.of(picture, Diagnosis.WINDOW).of(FindingCode.HOARDED_ITEMS).stream()
            .map(Suspicion::asRoot)
            .toList();
    if (!hoarded.isEmpty()) {
      return Conclusion.invalid(
          Explanation.of(words() + ": some of " + seen + " hold more")
              .expected("no item held beside the one that is worked on")
              .actual(hoarded.get(0).message())
              .remedy(hoarded.get(0).remedy()),
          hoarded.toArray(Finding[]::new));
    }
    List<HeldOnWire.Unacked> unacked = HeldOnWire.withoutAcks(picture, queue);
    if (!unacked.isEmpty()) {
      return withoutAcks(words(), seen, unacked.get(0));
    }
    if (Ledger.of(picture).wire()) {
      return Conclusion.valid();
    }
    Optional<Recorded<BrokerCounters>> counters = Sums.settledCounters(picture, seen);
    boolean told =
        counters.isPresent()
            && seen.jobs().stream().allMatch(job -> job.state().complete())
            && Sums.of(picture, seen).falseSuccesses() == 0;
    return told
        ? Conclusion.valid()
        : Conclusion.unknown(
            Explanation.of(words() + ": cannot be told of " + seen)
                .expected("the wire, or the broker's counters after a Job that is complete")
                .actual(
                    counters
                        .map(each -> each.event().redelivered() + " handed out again")
                        .orElse("neither")));
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return QueueClaims.settled(picture, queue);
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
}
