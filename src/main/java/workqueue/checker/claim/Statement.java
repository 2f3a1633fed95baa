package workqueue.checker.claim;

import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.Recorded;

/**
 * Something that can be said of a history: one record each, whose components are its parameters in
 * a history's header, under the record's name.
 */
interface Statement {

  /** In words, for example "job completes with 8". */
  String words();

  /** Whether the history shows it; a pure function. */
  Conclusion judge(Picture picture);

  /**
   * The event after which nothing can change the verdict any more: where not told otherwise, the
   * end of the only Job.
   */
  default Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return JobClaims.end(picture, "");
  }
}
