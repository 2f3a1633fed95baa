package workqueue.checker.claim;

import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.Recorded;

/**
 * No pod of the Job took the place of one that was deleted before that had ended, as its {@code
 * podReplacementPolicy} may ask for.
 */
record ReplacesOnlyWhatEnded(String job) implements Statement {
  @Override
  public String words() {
    return JobClaims.named(job) + " replaces pods only once they have ended";
  }

  @Override
  public Conclusion judge(Picture picture) {
    return JobClaims.onJob(
        picture, words(), job, each -> Replacement.judge(picture, words(), each));
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return JobClaims.end(picture, job);
  }
}
