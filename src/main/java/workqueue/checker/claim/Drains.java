package workqueue.checker.claim;

import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.Recorded;

/** The queue holds nothing, neither ready nor unacked. */
record Drains(String queue) implements Statement {
  @Override
  public String words() {
    return "queue " + queue + " is drained";
  }

  @Override
  public Conclusion judge(Picture picture) {
    return QueueClaims.holds(picture, words(), queue, 0, 0);
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return QueueClaims.settled(picture, queue);
  }
}
