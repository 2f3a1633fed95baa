package workqueue;

import workqueue.junit.EachSpecimen;
import workqueue.junit.WorkQueueTest;
import workqueue.scenario.Specimens;

/**
 * Tries what is wrong on purpose, which must be found, and what is sound, which must be cleared.
 */
@WorkQueueTest
class SelfTestIT {

  @EachSpecimen
  void isFoundOrCleared(Specimens specimens) {
    specimens.tries();
  }
}
