package workqueue.checker.claim;

import workqueue.Counted;
import workqueue.checker.ledger.ItemNames;
import workqueue.checker.view.Picture;

/** Each item was worked on once, is gone from its queue, and nothing else was worked on. */
record ProcessesEachExactlyOnce(ItemNames items) implements Statement {
  @Override
  public String words() {
    return Counted.each(items.size(), "item") + " is processed exactly once";
  }

  @Override
  public Conclusion judge(Picture picture) {
    return ItemClaims.processed(picture, words(), items, true);
  }
}
