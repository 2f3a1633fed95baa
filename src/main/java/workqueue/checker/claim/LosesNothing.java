package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.List;
import workqueue.Counted;
import workqueue.checker.diagnosis.Remedies;
import workqueue.checker.ledger.ItemNames;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.ledger.Sighting;
import workqueue.checker.view.Picture;

/** Each item was processed or is still in its queue. */
record LosesNothing(ItemNames items) implements Statement {
  @Override
  public String words() {
    return ItemClaims.none(items) + " lost";
  }

  /** Nothing lost: each is processed or left over, as far as single items or sums can tell. */
  @Override
  public Conclusion judge(Picture picture) {
    Ledger ledger = Ledger.of(picture);
    ItemClaims.Tally tally = new ItemClaims.Tally(picture, items);
    List<LedgerEntry> gone =
        tally.unworked.stream().filter(entry -> entry.leftOver() == Sighting.NOT).toList();
    Explanation why =
        Explanation.of(
                words()
                    + ": "
                    + Counted.are(gone.size(), "item")
                    + " gone"
                    + ItemClaims.where(tally))
            .expected(Counted.of(items.size(), "item") + ", each processed or still in the queue")
            .actual(tally.processed + " processed, " + tally.leftOver.size() + " in the queue");
    if (!gone.isEmpty() && ledger.evidenceComplete() && !ItemClaims.beingWorkedOn(picture, tally)) {
      return new Conclusion(
          Verdict.INVALID,
          why.missing(gone.stream().map(LedgerEntry::asItem).toList())
              .remedy(Remedies.logs(picture))
              .text(),
          ItemClaims.findings(picture, tally, false));
    }
    boolean allAccounted =
        tally.untold.isEmpty() && tally.processed + tally.leftOver.size() == items.size();
    if (allAccounted && ledger.doubts().isEmpty()) {
      return Conclusion.valid();
    }
    List<String> unseen = new ArrayList<>(ledger.unreadEvidence());
    unseen.addAll(ledger.doubts());
    unseen.addAll(tally.untold);
    return Conclusion.unknown(
        Explanation.of(words() + ": cannot be told" + ItemClaims.ofQueue(tally))
            .expected(Counted.of(items.size(), "item") + ", each seen processed or in the queue")
            .actual(tally.processed + " processed, " + tally.leftOver.size() + " in the queue")
            .missing(tally.unworked.stream().map(LedgerEntry::asItem).toList())
            .unseen(unseen));
  }
}
