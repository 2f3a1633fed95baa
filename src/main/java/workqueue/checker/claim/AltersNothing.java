package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.List;
import workqueue.Counted;
import workqueue.checker.diagnosis.Remedies;
import workqueue.checker.ledger.ItemNames;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.view.Picture;
import workqueue.history.Evidence;

/** Each item reached its worker as it was published; evidence of whole payloads is needed. */
record AltersNothing(ItemNames items) implements Statement {
  @Override
  public String words() {
    return ItemClaims.none(items) + " altered";
  }

  /** No item altered: evidence of the whole payload is needed to say so. */
  @Override
  public Conclusion judge(Picture picture) {
    Ledger ledger = Ledger.of(picture);
    ItemClaims.Tally tally = new ItemClaims.Tally(picture, items);
    List<String> strange = tally.strange;
    if (!strange.isEmpty()) {
      return Conclusion.invalid(
          Explanation.of(
                  words()
                      + ": workers read "
                      + Counted.of(strange.size(), "payload")
                      + " that nobody published"
                      + ItemClaims.where(tally))
              .expected("each payload as it was published")
              .actual(Counted.of(strange.size(), "payload") + " that nobody published")
              .missing(tally.unworked.stream().map(LedgerEntry::asItem).toList())
              .unexpected(strange)
              .remedy(Remedies.logs(picture)));
    }
    List<String> unseen = new ArrayList<>(ledger.unreadEvidence());
    unseen.addAll(tally.untold);
    tally.unworked.forEach(entry -> unseen.add("work on " + entry.asItem()));
    if (picture.history.header().evidence().kind() == Evidence.Kind.LOG_PATTERN) {
      tally.partlyShown.forEach(name -> unseen.add("more than the first line of " + name));
    }
    if (!ledger.evidenceDeclared() || !unseen.isEmpty()) {
      return Conclusion.unknown(
          Explanation.of(words() + ": cannot be told" + ItemClaims.ofQueue(tally))
              .expected("evidence of the whole payload of " + Counted.of(items.size(), "item"))
              .actual(ledger.evidenceDeclared() ? "less" : "no evidence declared")
              .unseen(unseen));
    }
    return Conclusion.valid();
  }
}
