package workqueue.checker.claim;

import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.Recorded;

/** The queue holds exactly this many messages, all of them with consumers that have not acked. */
record KeepsUnacked(String queue, int count) implements Statement {
  @Override
  public String words() {
    return "queue " + queue + " keeps " + count + " unacked";
  }

  @Override
  public Conclusion judge(Picture picture) {
    return QueueClaims.holds(picture, words(), queue, 0, count);
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return QueueClaims.settled(picture, queue);
  }
}
