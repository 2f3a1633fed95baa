package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.List;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.view.Picture;
import workqueue.checker.view.QueueView;
import workqueue.history.BrokerEvent.ItemPublished;

/** The causes that the diagnosis finds are exactly these. */
record DiagnosedAs(List<String> codes) implements Statement {
  @Override
  public String words() {
    return "diagnosed as " + (codes.isEmpty() ? "nothing" : String.join(", ", codes));
  }

  @Override
  public Conclusion judge(Picture picture) {
    Diagnosis diagnosis = Diagnosis.of(picture, Diagnosis.WINDOW);
    List<String> roots = diagnosis.roots().stream().map(Enum::name).toList();
    List<String> missing = new ArrayList<>(codes);
    missing.removeAll(roots);
    List<String> unexpected = new ArrayList<>(roots);
    unexpected.removeAll(codes);
    boolean seen = !codes.isEmpty() || picture.history.finalState().isPresent();
    if (missing.isEmpty() && unexpected.isEmpty() && seen) {
      return Conclusion.valid();
    }
    List<String> unseen = new ArrayList<>();
    if (roots.isEmpty()) {
      unseen.addAll(Ledger.of(picture).unreadEvidence());
      unseen.addAll(Ledger.of(picture).doubts());
      unseen.addAll(depthsUnknown(picture));
    }
    Explanation why =
        Explanation.of(
                words()
                    + ": "
                    + picture.history.header().scenario()
                    + " has "
                    + (roots.isEmpty() ? "no root" : "root " + String.join(", ", roots)))
            .expected(codes.isEmpty() ? "no root" : "root " + String.join(", ", codes))
            .actual(roots.isEmpty() ? "no root" : "root " + String.join(", ", roots))
            .missing(missing)
            .unexpected(unexpected)
            .unseen(unseen);
    // Work that is not done yet tells nothing of what it will come to.
    boolean open = unexpected.equals(List.of(FindingCode.STILL_WORKING.name()));
    boolean blind =
        open || (roots.isEmpty() && (picture.history.finalState().isEmpty() || !unseen.isEmpty()));
    return blind ? Conclusion.unknown(why) : Conclusion.invalid(why);
  }

  /** Queues of which nobody told how much is held, as it is with many a broker by its URL. */
  private static List<String> depthsUnknown(Picture picture) {
    return picture.history.all(ItemPublished.class).stream()
        .map(each -> each.event().queue())
        .distinct()
        .map(picture::queue)
        .filter(QueueView::neverToldWhatIsHeld)
        .map(queue -> "how many messages consumers hold of queue " + queue.name)
        .toList();
  }
}
