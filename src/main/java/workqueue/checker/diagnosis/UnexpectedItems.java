package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.UNEXPECTED_ITEMS;

import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.Sums;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PublishedByWorkers;
import workqueue.history.Recorded;

/** There are messages that the harness did not publish. */
public final class UnexpectedItems extends Cause {

  UnexpectedItems() {
    super(
        UNEXPECTED_ITEMS,
        Scope.QUEUE,
        """
        Somebody else than the harness publishes to the queue: a message lies in it, was delivered, or was worked on that nobody of
        this run published, or the broker counts more messages than were. What a worker altered is `CORRUPTED_ITEMS` instead.
        """,
        Remedy.by(
            Who.AUTHOR,
            "publish results to a queue of their own, and give back an item that is to be tried again (basic.nack with requeue) instead of publishing a copy"),
        Remedy.by(Who.BROKER, "see who else publishes to the queue"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    List<Ledger.Stranger> unexpected = seen.gone().unexpected();
    if (!unexpected.isEmpty()) {
      return List.of(
          Suspicion.of(
                  UNEXPECTED_ITEMS,
                  Counted.of(unexpected.size(), "message")
                      + " turned up that the harness did not publish")
              .pods(unexpected.stream().map(Ledger.Stranger::pod).toList())
              .proof(unexpected.stream().map(Ledger.Stranger::seq).toList())
              .remedy(Remedies.logs(picture)));
    }
    // One queue is enough to say so.
    return Ledger.of(picture).byQueue().keySet().stream()
        .flatMap(name -> byWorkers(picture, name).or(() -> byTheSums(picture, name)).stream())
        .limit(1)
        .toList();
  }

  /** What workers were seen to put into the queue. */
  public static Optional<Suspicion> byWorkers(Picture picture, String name) {
    PublishedByWorkers byWorkers = PublishedByWorkers.of(picture);
    int put = byWorkers.to(name).size();
    return put > 0
        ? Optional.of(
            Suspicion.of(
                    UNEXPECTED_ITEMS,
                    Counted.were(put, "message")
                        + " published to queue "
                        + name
                        + " by its workers")
                .pods(byWorkers.pods(name))
                .proof(byWorkers.to(name).stream().map(Recorded::seq).toList())
                .remedy(Remedies.depth(name)))
        : Optional.empty();
  }

  private static Optional<Suspicion> byTheSums(Picture picture, String name) {
    Sums sums = Sums.of(picture, picture.queue(name));
    return sums.foreign() > 0
        ? Optional.of(
            Suspicion.of(
                    UNEXPECTED_ITEMS,
                    Counted.were(sums.foreign(), "message")
                        + " published to queue "
                        + name
                        + " by others than the harness")
                .proof(sums.proof())
                .remedy(Remedies.depth(name)))
        : Optional.empty();
  }
}
