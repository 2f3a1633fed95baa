package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.DROPPED_BY_BROKER;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import workqueue.Counted;
import workqueue.checker.ledger.LedgerEntry;

/** A rule of the queue made the broker drop items. */
final class DroppedByBroker extends Cause {

  DroppedByBroker() {
    super(
        DROPPED_BY_BROKER,
        Scope.QUEUE,
        """
        A quorum queue was declared with a delivery limit, and the items came back more often than that. The broker drops them without
        telling anybody, or moves them to a dead-letter exchange. It is known only where the wire is watched.
        """,
        Remedy.by(Who.BROKER, "raise x-delivery-limit, or give the queue a dead-letter exchange"),
        Remedy.by(Who.AUTHOR, "see why the items come back"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    List<Suspicion> found = new ArrayList<>();
    seen.gone()
        .dropped()
        .forEach(
            (rule, entries) ->
                found.add(
                    Suspicion.of(
                            DROPPED_BY_BROKER,
                            Counted.were(entries.size(), "item")
                                + " dropped by the broker, by "
                                + rule)
                        .items(entries)
                        .proof(
                            Stream.concat(
                                    Stream.of(rule.declared()),
                                    entries.stream().flatMap(DroppedByBroker::publishedAndReturned))
                                .toList())
                        .remedy(
                            "rabbitmqctl list_queues name arguments policy | grep "
                                + rule.queue())));
    return found;
  }

  private static Stream<Long> publishedAndReturned(LedgerEntry entry) {
    return Stream.concat(
        Stream.of(entry.publishedSeq()),
        entry.deliveries().stream().map(LedgerEntry.Delivery::returnedSeq));
  }
}
