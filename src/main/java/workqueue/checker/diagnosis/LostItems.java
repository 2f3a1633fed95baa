package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.BROKER_BLOCKED;
import static workqueue.checker.diagnosis.FindingCode.FOREIGN_CONSUMER;
import static workqueue.checker.diagnosis.FindingCode.HOARDED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.LOST_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.QUEUE_MISSING;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.Counted;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.history.WireEvent.Delivered;

/** Items are gone from their queue and no pod processed them. */
final class LostItems extends Cause {

  LostItems() {
    super(
        LOST_ITEMS,
        Scope.QUEUE,
        """
        An item was published, it is certain that the queue does not hold it any more, and no evidence shows work on it, though all
        evidence was read. Usually a worker acknowledges an item before it has worked on it, or takes several without acks. Where a
        worker altered items, or a rule of the queue dropped them, that is found instead.
        """,
        Remedy.by(Who.AUTHOR, "acknowledge an item after the work on it, and take one at a time"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return List.of(QUEUE_MISSING, FOREIGN_CONSUMER, BROKER_BLOCKED, HOARDED_ITEMS);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return seen.gone().lost().isEmpty()
        ? List.of()
        : List.of(lost(seen.picture(), seen.gone().lost()));
  }

  private static Suspicion lost(Picture picture, List<LedgerEntry> gone) {
    return Suspicion.of(
            LOST_ITEMS,
            Counted.are(gone.size(), "item") + " gone from the queue and processed by no pod")
        .items(gone)
        .pods(
            gone.stream()
                .flatMap(entry -> entry.deliveries().stream())
                .map(LedgerEntry.Delivery::pod)
                .toList())
        .proof(
            gone.stream()
                .flatMap(
                    entry ->
                        Stream.concat(
                            Stream.of(entry.publishedSeq()),
                            entry.deliveries().stream().map(LedgerEntry.Delivery::ackSeq)))
                .toList())
        .remedy(Remedies.logs(picture));
  }

  @Override
  boolean mayFollow(Suspicion lost, Suspicion cause, Picture picture) {
    return cause.code() == HOARDED_ITEMS
        ? allTakenBesideAnother(lost, picture)
        : super.mayFollow(lost, cause, picture);
  }

  /** Whether each of the items was last handed to a run that worked on another one of its own. */
  private static boolean allTakenBesideAnother(Suspicion lost, Picture picture) {
    List<LedgerEntry> entries = Ledger.of(picture).entries();
    Set<String> busy =
        entries.stream()
            .filter(entry -> !entry.work().isEmpty())
            .flatMap(entry -> entry.deliveries().stream())
            .flatMap(delivery -> run(delivery, picture).stream())
            .collect(Collectors.toSet());
    return entries.stream()
        .filter(entry -> lost.evidence().contains(entry.publishedSeq()))
        .map(LedgerEntry::deliveries)
        .allMatch(
            each ->
                !each.isEmpty()
                    && run(each.get(each.size() - 1), picture).filter(busy::contains).isPresent());
  }

  /** What took a delivery: a pod that ran once, or else a connection. */
  private static Optional<String> run(LedgerEntry.Delivery delivery, Picture picture) {
    return picture.podNamed(delivery.pod()).filter(PodView::ranOnce).isPresent()
        ? Optional.of(delivery.pod())
        : picture.event(delivery.seq()).event() instanceof Delivered delivered
            ? Optional.of(delivered.connection())
            : Optional.empty();
  }
}
