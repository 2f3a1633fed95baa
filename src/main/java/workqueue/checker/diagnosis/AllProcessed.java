package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.ALL_PROCESSED;
import static workqueue.checker.diagnosis.FindingCode.STILL_WORKING;
import static workqueue.checker.diagnosis.FindingCode.WAITING_FOR_WORK;

import java.util.ArrayList;
import java.util.List;
import workqueue.Counted;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.view.Picture;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.Recorded;

/** Nothing is the matter: the work is done, as all evidence tells. */
final class AllProcessed extends Cause {

  AllProcessed() {
    super(
        ALL_PROCESSED,
        Scope.QUEUE,
        """
        Every item that was published is accounted for by evidence of work, nothing is left in the queue, and every Job is complete.
        It is found only where nothing else is, not even something harmless; a worker that declares no evidence never gets it.
        """);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    boolean alone =
        seen.others().isEmpty()
            && !seen.has(WAITING_FOR_WORK)
            && !seen.has(STILL_WORKING)
            && allProcessed(picture);
    return alone ? List.of(done(picture)) : List.of();
  }

  private static boolean allProcessed(Picture picture) {
    Ledger ledger = Ledger.of(picture);
    return !ledger.entries().isEmpty()
        && ledger.evidenceDeclared()
        && ledger.doubts().isEmpty()
        && !picture.jobs().isEmpty()
        && picture.jobs().stream().allMatch(job -> job.state().complete())
        && ledger.entries().stream()
            .filter(entry -> picture.queue(entry.queue()).hasJobs())
            .allMatch(AllProcessed::wholly);
  }

  private static boolean wholly(LedgerEntry entry) {
    return entry.processed() && !entry.work().stream().allMatch(LedgerEntry.Work::brokenOff);
  }

  private static Suspicion done(Picture picture) {
    List<Long> proof = new ArrayList<>();
    picture.jobs().forEach(job -> proof.add(job.end().orElseThrow().seq()));
    picture.history.last(ItemPublished.class).map(Recorded::seq).ifPresent(proof::add);
    long count =
        Ledger.of(picture).entries().stream()
            .filter(entry -> picture.queue(entry.queue()).hasJobs())
            .count();
    return Suspicion.of(
            ALL_PROCESSED,
            Counted.all(count, "item") + (count == 1 ? " was processed" : " were processed"))
        .proof(proof);
  }
}
