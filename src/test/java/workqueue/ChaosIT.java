package workqueue;

import static workqueue.checker.claim.Claims.explainsWhatIsLost;

import java.util.List;
import workqueue.junit.Scenario;
import workqueue.junit.WorkQueueTest;
import workqueue.scenario.Chaos;
import workqueue.scenario.Recording;
import workqueue.workload.Workload;

/** Random faults: whatever comes of them is explained. */
@WorkQueueTest
class ChaosIT {
  private static final int COUNT = 100;
  private static final List<Item> ITEMS = Items.ofTutorial(COUNT);

  @Scenario(
      value = "chaos.random",
      title = "Random faults strike a Job of 100 items: what is lost is named, its end explained",
      ownBroker = true)
  void random(Workload workload, Chaos chaos, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    var job =
        workload.run(
            queue,
            spec ->
                spec.completions(COUNT)
                    .parallelism(8)
                    .backoffLimit(COUNT)
                    .environment("WORKER_SECONDS", "0.5"));
    chaos.strike(job, COUNT, queue);
    job.awaitComplete();
    recording.readWhatIsLeft(queue);

    recording.judge(explainsWhatIsLost());
  }
}
