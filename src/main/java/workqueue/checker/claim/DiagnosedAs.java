package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.view.Picture;
import workqueue.checker.view.QueueView;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.HarnessEvent.FaultInjected;

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
    unexpected.removeIf(code -> isDemanded(picture, code));
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

  /** Whether it is what a killed pod had to give back, which tells of the kill alone. */
  private static boolean isDemanded(Picture picture, String code) {
    if (!code.equals(FindingCode.REDELIVERED_ITEMS.name())) {
      return false;
    }
    Set<String> struck =
        picture.history.all(FaultInjected.class).stream()
            .map(each -> each.event().target())
            .collect(Collectors.toSet());
    List<String> gaveBack =
        Ledger.of(picture).entries().stream()
            .flatMap(entry -> entry.returned().stream())
            .map(LedgerEntry.Delivery::pod)
            .toList();
    return !gaveBack.isEmpty() && struck.containsAll(gaveBack);
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
