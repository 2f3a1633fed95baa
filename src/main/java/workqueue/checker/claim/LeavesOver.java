package workqueue.checker.claim;

import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.Recorded;

/** The queue holds exactly this many messages, all of them ready. */
record LeavesOver(String queue, int count) implements Statement {
  @Override
  public String words() {
    return "queue " + queue + " is left with " + count;
  }

  @Override
  public Conclusion judge(Picture picture) {
    return QueueClaims.holds(picture, words(), queue, count, 0);
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return QueueClaims.settled(picture, queue);
  }
}
