package workqueue.checker;

import java.time.Duration;
import java.util.List;

/** One cause: what it looks like in a record. */
interface Cause {

  /**
   * What of it the record shows.
   *
   * @param window how long a state must have lasted before it is more than a passing sight
   */
  List<Suspicion> in(Picture picture, Duration window);
}
