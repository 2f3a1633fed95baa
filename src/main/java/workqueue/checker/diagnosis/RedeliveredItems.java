package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.BACKOFF_LIMIT_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.CRASH_LOOP;
import static workqueue.checker.diagnosis.FindingCode.DEADLINE_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.FALSE_SUCCESS;
import static workqueue.checker.diagnosis.FindingCode.HOARDED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.IGNORED_TERMINATION;
import static workqueue.checker.diagnosis.FindingCode.JOB_FAILED;
import static workqueue.checker.diagnosis.FindingCode.NOT_EXITED;
import static workqueue.checker.diagnosis.FindingCode.POD_FAILURE_POLICY;
import static workqueue.checker.diagnosis.FindingCode.REDELIVERED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.SUSPENDED;
import static workqueue.checker.diagnosis.FindingCode.WORKER_FAILED;

import java.util.ArrayList;
import java.util.List;
import workqueue.Counted;
import workqueue.checker.ledger.ItemEvidence;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.ledger.Sighting;
import workqueue.checker.view.Picture;

/** Items went back to their queue and were handed out once more. */
final class RedeliveredItems extends Cause {

  RedeliveredItems() {
    super(
        REDELIVERED_ITEMS,
        Scope.QUEUE,
        """
        The run that had an item ended, or its connection did, before it acknowledged the item, so that another run got it. That is how
        the pattern is to work: each item is processed at least once. The work that was broken off may have had effects.
        """,
        Remedy.by(Who.AUTHOR, "make the work such that it may be done again"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return Families.join(
        List.of(FALSE_SUCCESS, HOARDED_ITEMS),
        Families.NO_RUN,
        Families.NO_BROKER,
        Families.REFUSED,
        List.of(
            SUSPENDED,
            NOT_EXITED,
            WORKER_FAILED,
            IGNORED_TERMINATION,
            BACKOFF_LIMIT_EXCEEDED,
            DEADLINE_EXCEEDED,
            POD_FAILURE_POLICY,
            JOB_FAILED,
            CRASH_LOOP));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    List<LedgerEntry> again = new ArrayList<>();
    List<Long> proof = new ArrayList<>();
    for (LedgerEntry entry : Ledger.of(picture).entries()) {
      List<LedgerEntry.Delivery> returned = entry.returned();
      if ((!returned.isEmpty() || wasBrokenOff(picture, entry)) && !seen.gone().isDropped(entry)) {
        again.add(entry);
        returned.forEach(delivery -> proof.addAll(List.of(delivery.seq(), delivery.returnedSeq())));
        entry.work().forEach(work -> proof.add(work.seq()));
      }
    }
    // The broker's counters and what is left prove nothing: they count what was only pushed ahead.
    return again.isEmpty() ? List.of() : List.of(redelivered(picture, again, proof));
  }

  /** Work that was broken off, on an item that is gone: another run had it after that. */
  private static boolean wasBrokenOff(Picture picture, LedgerEntry entry) {
    return entry.work().stream().anyMatch(LedgerEntry.Work::brokenOff)
        && (entry.leftOver() == Sighting.NOT || entry.work().size() > 1)
        && entry.againWithinOneRun() == 0
        && ItemEvidence.unreported(picture, entry).isEmpty();
  }

  private static Suspicion redelivered(Picture picture, List<LedgerEntry> again, List<Long> proof) {
    return Suspicion.of(
            REDELIVERED_ITEMS,
            Counted.of(again.size(), "item") + " returned to the queue for another delivery")
        .items(again)
        .pods(
            again.stream()
                .flatMap(entry -> entry.work().stream())
                .map(LedgerEntry.Work::pod)
                .toList())
        .proof(proof)
        .remedy(Remedies.logs(picture));
  }
}
