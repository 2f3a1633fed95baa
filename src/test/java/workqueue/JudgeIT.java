package workqueue;

import workqueue.junit.RecordedScenario;
import workqueue.junit.RecordedScenarios;
import workqueue.junit.WorkQueueTest;

/** Judges recorded histories again. */
@WorkQueueTest
class JudgeIT {

  @RecordedScenarios
  void judgedAgain(RecordedScenario recorded) {
    recorded.judge();
  }
}
