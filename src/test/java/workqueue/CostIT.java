package workqueue;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import workqueue.junit.Scenario;
import workqueue.junit.WorkQueueTest;
import workqueue.scenario.Gate;

/**
 * Holds what the worker under test costs against what it, or another, did: where a parameter says
 * so, and with nothing else beside it.
 */
@WorkQueueTest
@Isolated
@Execution(ExecutionMode.SAME_THREAD)
class CostIT {

  @Scenario(
      value = "gate.baseline",
      title =
          "The worker costs no more than it did, where wq.gate.baseline says how much; wq.gate.record writes that")
  void baseline(Gate gate) {
    gate.holds(Rule.BASELINE);
  }

  @Scenario(
      value = "gate.against",
      title = "The worker costs no more than the image of wq.gate.against, side by side")
  void against(Gate gate) {
    gate.holds(Rule.AGAINST);
  }
}
