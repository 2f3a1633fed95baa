package workqueue;

import workqueue.junit.EachWorker;
import workqueue.junit.WorkQueueTest;
import workqueue.scenario.Specimens;

/**
 * Holds workers on the usual client libraries against the rules: the sound ones keep all of them,
 * and each broken twin breaks its own.
 */
@WorkQueueTest
class WorkersIT {

  @EachWorker
  void keepsOrBreaksItsRule(Specimens specimens) {
    specimens.tries();
  }
}
