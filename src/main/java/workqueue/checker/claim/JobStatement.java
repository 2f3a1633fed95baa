package workqueue.checker.claim;

import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.Recorded;

/** A statement about one Job, whose end decides it. */
interface JobStatement extends Statement {

  /** The Job's name; empty for the only one of the record. */
  String job();

  @Override
  default Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return JobClaims.end(picture, job());
  }
}
