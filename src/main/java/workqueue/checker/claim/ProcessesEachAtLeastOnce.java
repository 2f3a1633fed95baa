package workqueue.checker.claim;

import workqueue.Counted;
import workqueue.checker.ledger.ItemNames;
import workqueue.checker.view.Picture;

/** Each item was worked on and is gone from its queue. */
record ProcessesEachAtLeastOnce(ItemNames items) implements Statement {
  @Override
  public String words() {
    return Counted.each(items.size(), "item") + " is processed at least once";
  }

  @Override
  public Conclusion judge(Picture picture) {
    return ItemClaims.processed(picture, words(), items, false);
  }
}
