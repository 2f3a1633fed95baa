package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.ACK_TIMED_OUT;
import static workqueue.checker.diagnosis.FindingCode.DUPLICATED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.FALSE_SUCCESS;
import static workqueue.checker.diagnosis.FindingCode.HEARTBEAT_MISSED;
import static workqueue.checker.diagnosis.FindingCode.UNEXPECTED_ITEMS;

import java.util.List;
import workqueue.Counted;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.view.Picture;

/** Items were worked on more often than the broker handed them out. */
final class DuplicatedItems extends Cause {

  DuplicatedItems() {
    super(
        DUPLICATED_ITEMS,
        Scope.QUEUE,
        """
        More pieces of work on an item were shown than deliveries of it that came back: a worker repeats itself, or gets hold of items
        past the broker. An item that went back to the queue and was processed again is no duplicate; that is `REDELIVERED_ITEMS`.
        """,
        Remedy.by(
            Who.AUTHOR,
            "work on an item once for each delivery, so that a retry within a run does not count twice"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return List.of(FALSE_SUCCESS, HEARTBEAT_MISSED, ACK_TIMED_OUT, UNEXPECTED_ITEMS);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    List<LedgerEntry> twice =
        Ledger.of(picture).entries().stream().filter(LedgerEntry::duplicated).toList();
    return twice.isEmpty() ? List.of() : List.of(duplicated(picture, twice));
  }

  private static Suspicion duplicated(Picture picture, List<LedgerEntry> twice) {
    return Suspicion.of(
            DUPLICATED_ITEMS, Counted.were(twice.size(), "item") + " processed more than once")
        .items(twice)
        .pods(
            twice.stream()
                .flatMap(entry -> entry.work().stream())
                .map(LedgerEntry.Work::pod)
                .toList())
        .proof(
            twice.stream()
                .flatMap(entry -> entry.work().stream())
                .map(LedgerEntry.Work::seq)
                .toList())
        .remedy(Remedies.logs(picture));
  }
}
