package workqueue;

import workqueue.junit.EachCheck;
import workqueue.junit.WorkQueueTest;
import workqueue.scenario.CheckedCluster;

/** Whether a cluster runs the pattern: a scenario for each check, on one visit. */
@WorkQueueTest
class ConformanceIT {
  @EachCheck
  void holds(CheckedCluster cluster) {
    cluster.judge();
  }
}
