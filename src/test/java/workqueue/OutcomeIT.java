package workqueue;

import static workqueue.checker.Claims.accountsForEverySuccess;
import static workqueue.checker.Claims.diagnosedAs;
import static workqueue.checker.Claims.drains;
import static workqueue.checker.Claims.expecting;
import static workqueue.checker.Claims.jobCompletesWith;
import static workqueue.checker.Claims.jobNeverCompletes;
import static workqueue.checker.Claims.leavesOver;
import static workqueue.checker.Claims.losesNothing;
import static workqueue.checker.Claims.oneItemPerPod;
import static workqueue.checker.Claims.processesEachAtLeastOnce;
import static workqueue.checker.Claims.processesEachExactlyOnce;
import static workqueue.checker.Claims.runsAtMost;
import static workqueue.checker.FindingCode.ALL_PROCESSED;
import static workqueue.checker.FindingCode.FALSE_SUCCESS;
import static workqueue.checker.FindingCode.LEFTOVER_ITEMS;
import static workqueue.checker.FindingCode.WAITING_FOR_WORK;
import static workqueue.checker.Verdict.INVALID;

import java.util.List;
import workqueue.junit.Recording;
import workqueue.junit.Scenario;
import workqueue.junit.WorkQueueTest;
import workqueue.tutorial.Caveat;
import workqueue.workload.Workload;

/** What comes of Jobs, as documented and when something is wrong. */
@WorkQueueTest
class OutcomeIT {
  private static final List<Item> ITEMS = Items.ofTutorial();

  @Scenario(
      value = "outcome.exact",
      title = "As many completions as items: each item is processed exactly once",
      documents = Caveat.COMPLETIONS_EQUAL_ITEMS)
  void exact(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    workload.run(queue).awaitComplete();

    recording.judge(
        jobCompletesWith(8),
        processesEachExactlyOnce(ITEMS),
        drains(queue),
        oneItemPerPod(),
        accountsForEverySuccess(),
        runsAtMost(2),
        diagnosedAs(ALL_PROCESSED));
  }

  @Scenario(
      value = "outcome.completions-below-items",
      title = "Fewer completions than items leave the rest behind; a second Job finishes it",
      documents = Caveat.COMPLETIONS_BELOW_ITEMS)
  void completionsBelowItems(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    var first = workload.run(queue, spec -> spec.completions(5));
    first.awaitComplete();
    recording.judgeSoFar(
        "five",
        jobCompletesWith(5),
        leavesOver(queue, 3),
        losesNothing(ITEMS),
        runsAtMost(2),
        diagnosedAs(LEFTOVER_ITEMS));

    var second = workload.run(queue, spec -> spec.completions(3));
    second.awaitComplete();
    recording.judge(
        jobCompletesWith(first.name(), 5),
        jobCompletesWith(second.name(), 3),
        processesEachExactlyOnce(ITEMS),
        drains(queue),
        diagnosedAs(ALL_PROCESSED));
  }

  @Scenario(
      value = "outcome.completions-above-items",
      title = "More completions than items: the Job waits, and completes when more items come",
      documents = Caveat.COMPLETIONS_ABOVE_ITEMS)
  void completionsAboveItems(Workload workload, Recording recording) {
    var items = Items.ofTutorial(10);
    var queue = workload.fill("job1", items.subList(0, 8));
    var job = workload.run(queue, spec -> spec.completions(10));
    job.awaitComplete();
    recording.judgeSoFar(
        "waiting",
        jobNeverCompletes(),
        processesEachExactlyOnce(items.subList(0, 8)),
        drains(queue),
        diagnosedAs(WAITING_FOR_WORK));

    workload.add(queue, items.subList(8, 10));
    job.awaitComplete();
    recording.judge(
        jobCompletesWith(10),
        processesEachExactlyOnce(items),
        drains(queue),
        diagnosedAs(ALL_PROCESSED));
  }

  @Scenario(
      value = "outcome.failing-worker",
      title = "A worker that fails: the Job is complete, and every item is still in the queue")
  void failingWorker(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    workload
        .run(queue, spec -> spec.command(consuming("-- sh -c 'cat > /dev/null; exit 1'")))
        .awaitComplete();

    recording.judge(
        jobCompletesWith(8),
        leavesOver(queue, 8),
        losesNothing(ITEMS),
        expecting(INVALID, accountsForEverySuccess()),
        expecting(INVALID, processesEachAtLeastOnce(ITEMS)),
        diagnosedAs(FALSE_SUCCESS));
  }

  /** The image's command with another program that works on the item. */
  private static List<String> consuming(String program) {
    return List.of(
        "/bin/sh", "-c", "/usr/bin/amqp-consume --url=$BROKER_URL -q $QUEUE -c 1 " + program);
  }
}
