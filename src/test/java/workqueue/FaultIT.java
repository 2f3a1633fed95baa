package workqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.Claims.drains;
import static workqueue.checker.Claims.jobCompletesWith;
import static workqueue.checker.Claims.losesNothing;

import java.util.List;
import workqueue.fault.Faults;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.junit.Recording;
import workqueue.junit.Scenario;
import workqueue.junit.WorkQueueTest;
import workqueue.workload.Workload;

/** Each fault strikes for real, is recorded, and is healed. */
@WorkQueueTest
class FaultIT {
  private static final List<Item> ITEMS = Items.ofTutorial(2);

  @Scenario(
      value = "fault.kill-container",
      title = "A worker's container is killed: it is restarted and does its work")
  void killsAContainer(Workload workload, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    var job =
        workload.run(
            queue, spec -> spec.completions(2).parallelism(1).environment("WORKER_SECONDS", "5"));
    var pod = job.awaitRunning(1).get(0);
    faults.kill(pod);
    job.awaitComplete();

    recording.judge(jobCompletesWith(2), losesNothing(ITEMS), drains(queue));
    assertThat(recording.history().all(ContainerState.class, each -> each.pod().equals(pod)))
        .extracting(each -> each.event().last())
        .filteredOn(each -> each != null)
        .extracting(each -> each.exitCode())
        .contains(137);
  }
}
