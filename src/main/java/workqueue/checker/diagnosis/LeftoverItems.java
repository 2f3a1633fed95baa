package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.BACKOFF_LIMIT_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.BROKER_BLOCKED;
import static workqueue.checker.diagnosis.FindingCode.COMPLETIONS_UNSET;
import static workqueue.checker.diagnosis.FindingCode.DEADLINE_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.FALSE_SUCCESS;
import static workqueue.checker.diagnosis.FindingCode.HOARDED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.JOB_FAILED;
import static workqueue.checker.diagnosis.FindingCode.LEFTOVER_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.POD_FAILURE_POLICY;
import static workqueue.checker.diagnosis.FindingCode.UNEXPECTED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.VANISHED;
import static workqueue.checker.diagnosis.FindingCode.WORKER_FAILED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.view.Picture;
import workqueue.checker.view.QueueView;

/** The Jobs of a queue are over and items are in it: nobody works on them any more. */
final class LeftoverItems extends Cause {

  LeftoverItems() {
    super(
        LEFTOVER_ITEMS,
        Scope.QUEUE,
        """
        All Jobs of the queue are over, complete or failed, and the broker still holds items in it. By itself it means that the Jobs
        wanted fewer successes than there were items: `completions` has to be the number of items. Else it follows from what ended
        the Jobs or kept their pods from working.
        """,
        Remedy.by(
            Who.JOB,
            "set completions to the number of items, or run the Job once more for those that are left"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return Families.join(
        List.of(FALSE_SUCCESS, UNEXPECTED_ITEMS, HOARDED_ITEMS),
        Families.NO_BROKER,
        Families.REFUSED,
        Families.NO_RUN,
        Families.NO_END,
        List.of(
            WORKER_FAILED,
            BROKER_BLOCKED,
            BACKOFF_LIMIT_EXCEEDED,
            DEADLINE_EXCEEDED,
            POD_FAILURE_POLICY,
            JOB_FAILED,
            COMPLETIONS_UNSET,
            VANISHED));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    List<Suspicion> found = new ArrayList<>();
    Ledger.of(picture)
        .byQueue()
        .forEach((name, published) -> leftOver(picture, name, published).ifPresent(found::add));
    return found;
  }

  private static Optional<Suspicion> leftOver(
      Picture picture, String name, List<LedgerEntry> published) {
    QueueView queue = picture.queue(name);
    int left = queue.total().orElse(0);
    boolean over = !queue.jobs().isEmpty() && !queue.hasOpenJobs();
    if (left == 0 || !over) {
      return Optional.empty();
    }
    List<LedgerEntry> named = published.stream().filter(entry -> entry.leftOver().holds()).toList();
    return Optional.of(
        Suspicion.of(
                LEFTOVER_ITEMS,
                Counted.are(left, "item")
                    + " left in queue "
                    + name
                    + " and no Job works on it any more")
            .items(named)
            .proof(List.of(queue.ready().orElseThrow().seq(), queue.unacked().orElseThrow().seq()))
            .remedy(Remedies.runAgain(queue.jobs().get(0).ref, left)));
  }
}
