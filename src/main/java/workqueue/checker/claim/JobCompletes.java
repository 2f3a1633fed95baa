package workqueue.checker.claim;

import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.Recorded;

/** The Job is complete, with however many successes. */
record JobCompletes(String job) implements Statement {
  @Override
  public String words() {
    return JobClaims.named(job) + " completes";
  }

  @Override
  public Conclusion judge(Picture picture) {
    return JobClaims.completes(picture, words(), job);
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return JobClaims.end(picture, job);
  }
}
