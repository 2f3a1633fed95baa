package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.CORRUPTED_ITEMS;

import java.util.List;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.view.Picture;

/** Workers show items other than they were published. */
public final class CorruptedItems extends Cause {

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
    return gone.altered().isEmpty() ? List.of() : List.of(in(seen.picture(), gone));
  }

  /** What to say of items that are altered, of which there is one at least. */
  public static Finding finding(Picture picture, Gone gone) {
    return in(picture, gone).asRoot();
  }

  /** The same before it is known to be a cause. */
  private static Suspicion in(Picture picture, Gone gone) {
    List<Ledger.Stranger> shown = gone.shownInstead();
    return Suspicion.of(
            CORRUPTED_ITEMS,
            Counted.were(shown.size(), "item")
                + " altered on the way: workers read "
                + shown.stream()
                    .limit(3)
                    .map(CorruptedItems::words)
                    .collect(Collectors.joining(", ")))
        .items(gone.altered())
        .pods(shown.stream().map(Ledger.Stranger::pod).toList())
        .proof(shown.stream().map(Ledger.Stranger::seq).toList())
        .remedy(Remedies.logs(picture));
  }

  /** What was shown, and what of, where that is known. */
  public static String words(Ledger.Stranger shown) {
    return "\""
        + shown.seen()
        + "\""
        + (shown.given() == null ? "" : " of \"" + shown.given().preview() + "\"");
  }
}
