package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.CORRUPTED_ITEMS;

import java.util.List;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.checker.ledger.Ledger;

/** Workers show items other than they were published. */
final class CorruptedItems extends Cause {

  CorruptedItems() {
    super(
        CORRUPTED_ITEMS,
        Scope.QUEUE,
        """
        As many items are gone without work as there is work on things that nobody published: what the workers read is not what was
        put into the queue. A shell that expands a body, a wrong character set and a lost line feed are the usual reasons.
        """,
        Remedy.by(
            Who.AUTHOR,
            "read the body as it comes, from standard input and without a shell in between"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Gone gone = seen.gone();
    List<Ledger.Stranger> shown = gone.shownInstead();
    return shown.isEmpty()
        ? List.of()
        : List.of(
            Suspicion.of(
                    CORRUPTED_ITEMS,
                    Counted.were(shown.size(), "item")
                        + " altered on the way: workers read "
                        + shown.stream()
                            .limit(3)
                            .map(each -> "\"" + each.seen() + "\"")
                            .collect(Collectors.joining(", ")))
                .items(gone.altered())
                .pods(shown.stream().map(Ledger.Stranger::pod).toList())
                .proof(shown.stream().map(Ledger.Stranger::seq).toList())
                .remedy(Remedies.logs(seen.picture())));
  }
}
