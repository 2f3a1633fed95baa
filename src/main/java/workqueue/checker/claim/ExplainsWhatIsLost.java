package workqueue.checker.claim;

import workqueue.checker.view.Picture;

/**
 * The items that are lost, counted independently of the ledger, are exactly those that findings
 * name, and each Job that is not complete has a cause. Needs what was left in the queue, message by
 * message.
 */
record ExplainsWhatIsLost() implements Statement {
  @Override
  public String words() {
    return "what is lost is named, and each Job's end explained";
  }

  @Override
  public Conclusion judge(Picture picture) {
    return FinalCount.explained(picture, words());
  }
}
