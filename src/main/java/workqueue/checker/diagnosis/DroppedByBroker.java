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
        An argument of the queue, a policy or the broker's own limit lets items come back only so often (quorum queues), or keeps them only
        for so long, or only so many of them. The broker drops the others without telling anybody, or moves them to a dead-letter exchange.
        It is known only where the wire is watched: there no worker kept them.
        """,
        Remedy.by(
            Who.BROKER,
            "change the rule (delivery-limit, message-ttl, max-length), or give the queue a dead-letter exchange"),
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
                                    rule.proof().stream(),
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
