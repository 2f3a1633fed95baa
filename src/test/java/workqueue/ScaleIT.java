package workqueue;

import static workqueue.checker.claim.Claims.accountsForEverySuccess;
import static workqueue.checker.claim.Claims.diagnosedAs;
import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.jobCompletesWith;
import static workqueue.checker.claim.Claims.oneItemPerPod;
import static workqueue.checker.claim.Claims.processesEachExactlyOnce;
import static workqueue.checker.claim.Claims.runsAtMost;
import static workqueue.checker.diagnosis.FindingCode.ALL_PROCESSED;

import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import workqueue.junit.Scenario;
import workqueue.junit.WorkQueueTest;
import workqueue.scenario.Recording;
import workqueue.workload.Workload;

/**
 * Many items for a worker that does no work: nothing is lost among them, and what the harness
 * itself takes for an item does not grow with their number.
 *
 * <p>One after the other, for the processor time is that of the whole JVM.
 */
@WorkQueueTest
@Execution(ExecutionMode.SAME_THREAD)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScaleIT {
  private static final int AT_ONCE = 8;

  /** In milliseconds an item, of the first scenario; 0 until that has ended. */
  private double cpuOfFewer;

  @Order(1)
  @Scenario(value = "scale.items-200", title = "200 items, each processed exactly once")
  void twoHundred(Workload workload, Recording recording) {
    cpuOfFewer = exactly(workload, recording, 200);
  }

  @Order(2)
  @Scenario(value = "scale.items-1000", title = "1,000 items, each processed exactly once")
  void thousand(Workload workload, Recording recording) {
    double cpu = exactly(workload, recording, 1_000);
    if (cpuOfFewer > 0) {
      recording.figure("harness CPU per item, against 200 items", cpu / cpuOfFewer, "");
    }
  }

  /** Returns the harness' processor time in milliseconds an item. */
  private static double exactly(Workload workload, Recording recording, int count) {
    var items = Items.ofTutorial(count);
    var queue = workload.declare("job1");
    var footprint = new Footprint();
    workload.add(queue, items);
    workload
        .run(
            queue,
            spec -> spec.completions(count).parallelism(AT_ONCE).command(List.of("sh", "-c", IDLE)))
        .awaitComplete();
    recording.judge(
        jobCompletesWith(count),
        processesEachExactlyOnce(items),
        drains(queue),
        oneItemPerPod(),
        accountsForEverySuccess(),
        runsAtMost(AT_ONCE),
        diagnosedAs(ALL_PROCESSED));

    double cpu = (double) footprint.cpu().toMillis() / count;
    recording.figure("harness CPU per item", cpu, "ms");
    recording.figure("peak heap", footprint.peakHeapMebibytes(), "MiB");
    return cpu;
  }

  /** Says which item it is, and does nothing with it. */
  private static final String IDLE =
      "/usr/bin/amqp-consume --url=$BROKER_URL -q $QUEUE -c 1"
          + " -- sh -c 'read -r item; echo \"Processing $item\"'";
}
