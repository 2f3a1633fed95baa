package workqueue.checker.claim;

import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.Recorded;

/** The Job is Complete, and this many of its pods succeeded. */
record JobCompletesWith(String job, int succeeded) implements Statement {
  @Override
  public String words() {
    return JobClaims.named(job) + " completes with " + succeeded;
  }

  @Override
  public Conclusion judge(Picture picture) {
    return JobClaims.completes(
        picture,
        words(),
        job,
        "Complete with " + succeeded + " succeeded",
        state -> state.complete() && state.succeeded() == succeeded);
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return JobClaims.end(picture, job);
  }
}
