package workqueue;

import workqueue.junit.RecordedScenarios;
import workqueue.junit.WorkQueueTest;
import workqueue.scenario.RecordedScenario;

/** Judges recorded histories again. */
@WorkQueueTest
class JudgeIT {

  @RecordedScenarios
  void judgedAgain(RecordedScenario recorded) {
    recorded.judge();
  }
}
