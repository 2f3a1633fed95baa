package workqueue;

import static workqueue.checker.claim.Claims.accountsForEverySuccess;
import static workqueue.checker.claim.Claims.altersNothing;
import static workqueue.checker.claim.Claims.apiLacks;
import static workqueue.checker.claim.Claims.diagnosedAs;
import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.expecting;
import static workqueue.checker.claim.Claims.follows;
import static workqueue.checker.claim.Claims.jobCompletesWith;
import static workqueue.checker.claim.Claims.jobFailsWith;
import static workqueue.checker.claim.Claims.jobNeverCompletes;
import static workqueue.checker.claim.Claims.leavesOver;
import static workqueue.checker.claim.Claims.losesNothing;
import static workqueue.checker.claim.Claims.oneItemPerPod;
import static workqueue.checker.claim.Claims.processesEachAtLeastOnce;
import static workqueue.checker.claim.Claims.processesEachExactlyOnce;
import static workqueue.checker.claim.Claims.replacesOnlyWhatEnded;
import static workqueue.checker.claim.Claims.runsAtMost;
import static workqueue.checker.claim.Verdict.INVALID;
import static workqueue.checker.claim.Verdict.UNKNOWN;
import static workqueue.checker.diagnosis.FindingCode.ALL_PROCESSED;
import static workqueue.checker.diagnosis.FindingCode.BACKOFF_LIMIT_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.BROKER_REFUSED_LOGIN;
import static workqueue.checker.diagnosis.FindingCode.BROKER_UNREACHABLE;
import static workqueue.checker.diagnosis.FindingCode.COMMAND_NOT_RUNNABLE;
import static workqueue.checker.diagnosis.FindingCode.CRASH_LOOP;
import static workqueue.checker.diagnosis.FindingCode.DEADLINE_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.DROPPED_BY_BROKER;
import static workqueue.checker.diagnosis.FindingCode.FALSE_SUCCESS;
import static workqueue.checker.diagnosis.FindingCode.FOREIGN_CONSUMER;
import static workqueue.checker.diagnosis.FindingCode.IMAGE_NOT_PULLABLE;
import static workqueue.checker.diagnosis.FindingCode.JOB_FAILED;
import static workqueue.checker.diagnosis.FindingCode.LEFTOVER_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.LOST_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.NO_WORKERS;
import static workqueue.checker.diagnosis.FindingCode.OUT_OF_MEMORY;
import static workqueue.checker.diagnosis.FindingCode.POD_FAILURE_POLICY;
import static workqueue.checker.diagnosis.FindingCode.QUEUE_MISSING;
import static workqueue.checker.diagnosis.FindingCode.QUOTA_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.REDELIVERED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.SERVICE_NOT_RESOLVED;
import static workqueue.checker.diagnosis.FindingCode.SERVICE_WITHOUT_ENDPOINTS;
import static workqueue.checker.diagnosis.FindingCode.SUSPENDED;
import static workqueue.checker.diagnosis.FindingCode.TAKEN_OVER;
import static workqueue.checker.diagnosis.FindingCode.UNSCHEDULABLE;
import static workqueue.checker.diagnosis.FindingCode.VANISHED;
import static workqueue.checker.diagnosis.FindingCode.WAITING_FOR_WORK;
import static workqueue.checker.diagnosis.FindingCode.WORKER_FAILED;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import workqueue.checker.claim.Claim;
import workqueue.configuration.BrokerUrl;
import workqueue.fault.Faults;
import workqueue.history.ClusterEvent.PodGone;
import workqueue.history.Evidence;
import workqueue.junit.Scenario;
import workqueue.junit.WorkQueueTest;
import workqueue.scenario.Recording;
import workqueue.scenario.Wire;
import workqueue.tutorial.Caveat;
import workqueue.tutorial.JobDefinition;
import workqueue.wire.Passing;
import workqueue.workload.JobField;
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

    recording.judge(asDocumented(queue));
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

  @Scenario(
      value = "outcome.exact-in-cluster",
      title = "Each item is processed exactly once on the documented broker",
      brokerInCluster = true)
  void exactInCluster(Workload workload, Recording recording) {
    exactly(workload, recording, 2);
  }

  @Scenario(
      value = "outcome.exact-parallelism-1",
      title = "Each item is processed exactly once with one pod at a time")
  void exactParallelism1(Workload workload, Recording recording) {
    exactly(workload, recording, 1);
  }

  @Scenario(
      value = "outcome.exact-parallelism-8",
      title = "Each item is processed exactly once with as many pods as items at once")
  void exactParallelism8(Workload workload, Recording recording) {
    exactly(workload, recording, 8);
  }

  @Scenario(
      value = "outcome.exact-parallelism-12",
      title = "Each item is processed exactly once with a parallelism above the number of items")
  void exactParallelism12(Workload workload, Recording recording) {
    exactly(workload, recording, 12);
  }

  private static void exactly(Workload workload, Recording recording, int parallelism) {
    var queue = workload.fill("job1", ITEMS);
    workload.run(queue, spec -> spec.parallelism(parallelism)).awaitComplete();

    recording.judge(
        jobCompletesWith(8),
        processesEachExactlyOnce(ITEMS),
        drains(queue),
        runsAtMost(parallelism),
        diagnosedAs(ALL_PROCESSED));
  }

  @Scenario(
      value = "outcome.payloads",
      title = "Whatever its bytes are, an item reaches its worker unaltered")
  void payloads(Workload workload, Recording recording) {
    var items = payloads();
    var queue = workload.fill("job1", items);
    recording.shownBy(Evidence.digestLine());
    workload
        .run(queue, spec -> spec.completions(items.size()).command(consuming(DIGESTS)))
        .awaitComplete();

    recording.judge(
        jobCompletesWith(items.size()),
        processesEachExactlyOnce(items),
        altersNothing(items),
        drains(queue),
        diagnosedAs(ALL_PROCESSED));
  }

  @Scenario(
      value = "outcome.interpreter-missing",
      title = "A worker whose interpreter is missing: complete, and nothing was processed")
  void interpreterMissing(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    var command =
        "sed '1s/python3/no-such-python/' /worker.py > /tmp/worker.py && chmod +x /tmp/worker.py; ";
    workload
        .run(queue, spec -> spec.command(shell(command + consume("/tmp/worker.py"))))
        .awaitComplete();

    recording.judge(
        jobCompletesWith(8),
        losesNothing(ITEMS),
        leavesOver(queue, 8),
        expecting(INVALID, accountsForEverySuccess()),
        diagnosedAs(FALSE_SUCCESS));
  }

  @Scenario(
      value = "outcome.lost-items",
      title = "A worker that acks and does no work: complete and drained, and all is lost")
  void lostItems(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    workload
        .run(queue, spec -> spec.command(consuming("-- sh -c 'cat > /dev/null'")))
        .awaitComplete();

    recording.judge(
        jobCompletesWith(8),
        drains(queue),
        accountsForEverySuccess(),
        expecting(INVALID, losesNothing(ITEMS)),
        diagnosedAs(LOST_ITEMS));
  }

  @Scenario(
      value = "outcome.lost-items-no-ack",
      title = "A consumer without acks gets all items at once and loses all but one")
  void lostItemsWithoutAcks(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    workload.run(queue, spec -> spec.command(consuming("-A /worker.py"))).awaitComplete();

    recording.judge(
        jobNeverCompletes(),
        drains(queue),
        expecting(INVALID, losesNothing(ITEMS)),
        diagnosedAs(LOST_ITEMS));
  }

  @Scenario(value = "outcome.command-not-runnable", title = "A worker without its executable bit")
  void commandNotRunnable(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    var command = "cp /worker.py /tmp/worker.py && chmod -x /tmp/worker.py; ";
    workload
        .run(
            queue, spec -> spec.command(shell(command + consume("/tmp/worker.py"))).backoffLimit(2))
        .awaitComplete();

    recording.judge(
        jobFailsWith("BackoffLimitExceeded"),
        leavesOver(queue, 8),
        losesNothing(ITEMS),
        diagnosedAs(COMMAND_NOT_RUNNABLE));
  }

  @Scenario(value = "outcome.queue-missing", title = "A queue that nobody declared")
  void queueMissing(Workload workload, Recording recording) {
    workload.run("job1", spec -> spec.backoffLimit(2)).awaitComplete();

    recording.judge(jobFailsWith("BackoffLimitExceeded"), diagnosedAs(QUEUE_MISSING));
  }

  @Scenario(
      value = "outcome.broker-unreachable",
      title = "The broker is not up yet: containers restart, and all is done when it comes")
  void brokerUnreachable(Workload workload, Faults faults, Recording recording) {
    var items = Items.ofTutorial(4);
    var queue = workload.fill("job1", items);
    var absence = faults.route().mislead();
    var job = workload.run(queue, spec -> spec.completions(4).backoffLimit(50));
    recording.await(CRASH_LOOP);
    recording.judgeSoFar("absent", diagnosedAs(BROKER_UNREACHABLE));

    absence.heal();
    job.awaitComplete();
    recording.judge(
        jobCompletesWith(4),
        // Not exactly once: of containers that fail one after the other the kubelet keeps two logs.
        processesEachAtLeastOnce(items),
        drains(queue),
        diagnosedAs(ALL_PROCESSED));
  }

  @Scenario(value = "outcome.broker-refused-login", title = "A wrong password")
  void brokerRefusedLogin(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    workload
        .run(
            queue,
            spec ->
                spec.environment("BROKER_URL", url(spec).as("guest", "wrong").withPassword())
                    .backoffLimit(2))
        .awaitComplete();

    recording.judge(
        jobFailsWith("BackoffLimitExceeded"),
        leavesOver(queue, 8),
        losesNothing(ITEMS),
        diagnosedAs(BROKER_REFUSED_LOGIN));
  }

  @Scenario(value = "outcome.service-without-endpoints", title = "A Service with nothing behind it")
  void serviceWithoutEndpoints(Workload workload, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    faults.route().cut();
    workload.run(queue, spec -> spec.backoffLimit(2)).awaitComplete();

    recording.judge(
        jobFailsWith("BackoffLimitExceeded"),
        leavesOver(queue, 8),
        losesNothing(ITEMS),
        diagnosedAs(SERVICE_WITHOUT_ENDPOINTS));
  }

  @Scenario(value = "outcome.service-not-resolved", title = "A broker's name that does not resolve")
  void serviceNotResolved(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    workload
        .run(
            queue,
            spec ->
                spec.environment(
                        "BROKER_URL",
                        url(spec).at("no-such-service", BrokerUrl.DEFAULT_PORT).withPassword())
                    .backoffLimit(2))
        .awaitComplete();

    recording.judge(
        jobFailsWith("BackoffLimitExceeded"),
        leavesOver(queue, 8),
        losesNothing(ITEMS),
        diagnosedAs(SERVICE_NOT_RESOLVED));
  }

  @Scenario(value = "outcome.image-not-pullable", title = "An image that no registry has")
  void imageNotPullable(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    workload.run(queue, spec -> spec.image("registry.invalid/job-wq-1:none")).awaitComplete();

    recording.judge(
        jobNeverCompletes(),
        leavesOver(queue, 8),
        losesNothing(ITEMS),
        diagnosedAs(IMAGE_NOT_PULLABLE));
  }

  @Scenario(value = "outcome.unschedulable", title = "Pods that ask for more than any node has")
  void unschedulable(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    workload.run(queue, spec -> spec.request("cpu", "1000")).awaitComplete();

    recording.judge(
        jobNeverCompletes(), leavesOver(queue, 8), losesNothing(ITEMS), diagnosedAs(UNSCHEDULABLE));
  }

  @Scenario(
      value = "outcome.unschedulable-selector",
      title = "Pods that ask for a node that there is not")
  void unschedulableSelector(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    workload
        .run(queue, spec -> spec.onNodesWith("kubernetes.io/hostname", "nowhere"))
        .awaitComplete();

    recording.judge(
        jobNeverCompletes(), leavesOver(queue, 8), losesNothing(ITEMS), diagnosedAs(UNSCHEDULABLE));
  }

  @Scenario(value = "outcome.quota-exceeded", title = "A namespace that may hold no pods")
  void quotaExceeded(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    workload.limit("pods", "0");
    workload.run(queue).awaitComplete();

    recording.judge(
        jobNeverCompletes(),
        leavesOver(queue, 8),
        losesNothing(ITEMS),
        diagnosedAs(QUOTA_EXCEEDED));
  }

  @Scenario(value = "outcome.no-workers", title = "A Job with parallelism 0")
  void noWorkers(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    workload.run(queue, spec -> spec.parallelism(0)).awaitComplete();

    recording.judge(
        jobNeverCompletes(), leavesOver(queue, 8), losesNothing(ITEMS), diagnosedAs(NO_WORKERS));
  }

  @Scenario(
      value = "outcome.deadline-exceeded",
      title = "A Job that is not done within its deadline")
  void deadlineExceeded(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    workload
        .run(
            queue, spec -> spec.environment("WORKER_SECONDS", "60").deadline(Duration.ofSeconds(5)))
        .awaitComplete();

    recording.judge(
        jobFailsWith("DeadlineExceeded"), losesNothing(ITEMS), diagnosedAs(DEADLINE_EXCEEDED));
  }

  @Scenario(value = "outcome.backoff-limit-exceeded", title = "A worker that cannot but fail")
  void backoffLimitExceeded(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    workload.run(queue, spec -> spec.command(shell("exit 3")).backoffLimit(1)).awaitComplete();

    recording.judge(
        jobFailsWith("BackoffLimitExceeded"),
        losesNothing(ITEMS),
        leavesOver(queue, 8),
        diagnosedAs(WORKER_FAILED),
        follows(BACKOFF_LIMIT_EXCEEDED, WORKER_FAILED));
  }

  @Scenario(
      value = "outcome.out-of-memory",
      title = "A worker that wants more memory than it may have")
  void outOfMemory(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    var greedy = "exec python3 -c 'x = bytearray(b\"a\") * (1 << 30)'";
    workload
        .run(queue, spec -> spec.command(shell(greedy)).limit("memory", "32Mi").backoffLimit(2))
        .awaitComplete();

    recording.judge(
        jobFailsWith("BackoffLimitExceeded"),
        leavesOver(queue, 8),
        losesNothing(ITEMS),
        diagnosedAs(OUT_OF_MEMORY));
  }

  @Scenario(
      value = "outcome.foreign-consumer",
      title = "A stranger on the queue keeps an item for itself")
  void foreignConsumer(Workload workload, Recording recording) {
    var items = Items.ofTutorial(3);
    var queue = workload.fill("job1", items);
    workload.intrudeOn(queue);
    workload.run(queue, spec -> spec.completions(3));
    recording.await(FOREIGN_CONSUMER);

    recording.judge(losesNothing(items), diagnosedAs(FOREIGN_CONSUMER));
  }

  @Scenario(
      value = "outcome.suspended",
      title = "A suspended Job waits until it is resumed; an API without that just runs it")
  void suspended(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    boolean waits = workload.has(JobField.SUSPEND);
    var job = workload.run(queue, JobDefinition::suspended);
    job.awaitComplete();
    if (waits) {
      recording.judgeSoFar(
          "waiting",
          jobNeverCompletes(),
          leavesOver(queue, 8),
          losesNothing(ITEMS),
          diagnosedAs(SUSPENDED));
      job.resume();
      job.awaitComplete();
      recording.judge(
          jobCompletesWith(8),
          processesEachExactlyOnce(ITEMS),
          drains(queue),
          diagnosedAs(ALL_PROCESSED));
    } else {
      recording.judge(
          apiLacks(JobField.SUSPEND.path()),
          jobCompletesWith(8),
          processesEachExactlyOnce(ITEMS),
          drains(queue),
          diagnosedAs(ALL_PROCESSED));
    }
  }

  @Scenario(
      value = "outcome.expired",
      title = "A Job whose time to live runs out is gone, and all that it did was seen")
  void expired(Workload workload, Recording recording) {
    if (lacks(JobField.TIME_TO_LIVE, workload, recording)) {
      return;
    }
    var queue = workload.fill("job1", ITEMS);
    var job = workload.run(queue, spec -> spec.timeToLive(Duration.ofSeconds(1)));
    job.awaitComplete();
    job.awaitGone();

    recording.judge(
        jobCompletesWith(8),
        processesEachExactlyOnce(ITEMS),
        drains(queue),
        accountsForEverySuccess(),
        runsAtMost(2),
        diagnosedAs(ALL_PROCESSED));
  }

  @Scenario(
      value = "outcome.native-sidecar",
      title = "Sidecars beside the worker, one that ends when told and one that is killed: sound")
  void nativeSidecar(Workload workload, Recording recording) {
    if (lacks(JobField.SIDECAR, workload, recording)) {
      return;
    }
    var queue = workload.fill("job1", ITEMS);
    workload
        .run(
            queue,
            spec ->
                spec.grace(Duration.ofSeconds(1))
                    .sidecar("log-agent", "trap 'exit 0' TERM; sleep infinity & wait")
                    .sidecar("deaf", "echo Processing nothing; trap '' TERM; sleep infinity"))
        .awaitComplete();

    recording.judge(asDocumented(queue));
  }

  @Scenario(
      value = "outcome.indexed",
      title = "A Job whose completions have indexes: each item is processed exactly once")
  void indexed(Workload workload, Recording recording) {
    if (lacks(JobField.COMPLETION_MODE, workload, recording)) {
      return;
    }
    var queue = workload.fill("job1", ITEMS);
    workload.run(queue, JobDefinition::indexed).awaitComplete();

    recording.judge(asDocumented(queue));
  }

  @Scenario(
      value = "outcome.indexed-failures",
      title =
          "One index always fails: the others are done, then the Job fails, and its pod is named")
  void indexedFailures(Workload workload, Recording recording) {
    if (lacks(JobField.BACKOFF_LIMIT_PER_INDEX, workload, recording)) {
      return;
    }
    var items = Items.ofTutorial(4);
    var queue = workload.fill("job1", items);
    var fails = "[ $JOB_COMPLETION_INDEX = 1 ] && exit 3; ";
    workload
        .run(
            queue,
            spec ->
                spec.completions(4)
                    .indexed()
                    .restartPolicy("Never")
                    .backoffLimitPerIndex(0)
                    .command(shell(fails + consume("/worker.py"))))
        .awaitComplete();
    recording.readWhatIsLeft(queue);

    recording.judge(
        jobFailsWith("FailedIndexes"),
        leavesOver(queue, 1),
        losesNothing(items),
        accountsForEverySuccess(),
        oneItemPerPod(),
        runsAtMost(2),
        diagnosedAs(JOB_FAILED));
  }

  @Scenario(
      value = "outcome.pod-failure-policy",
      title = "An exit code that the Job's podFailurePolicy takes for final ends it at once")
  void podFailurePolicy(Workload workload, Recording recording) {
    if (lacks(JobField.POD_FAILURE_POLICY, workload, recording)) {
      return;
    }
    var queue = workload.fill("job1", ITEMS);
    workload
        .run(
            queue,
            spec -> spec.restartPolicy("Never").onExitCode("FailJob", 42).command(shell("exit 42")))
        .awaitComplete();

    recording.judge(
        jobFailsWith("PodFailurePolicy"),
        leavesOver(queue, 8),
        losesNothing(ITEMS),
        diagnosedAs(POD_FAILURE_POLICY));
  }

  @Scenario(
      value = "outcome.pod-failure-ignored",
      title = "Failures that the Job's podFailurePolicy ignores do not count: it completes")
  void podFailureIgnored(Workload workload, Recording recording) {
    if (lacks(JobField.POD_FAILURE_POLICY, workload, recording)) {
      return;
    }
    var items = Items.ofTutorial(3);
    var queue = workload.fill("job1", items);
    long untilThen = Instant.now().plusSeconds(8).getEpochSecond();
    var failsAtFirst = "[ $(date +%s) -lt " + untilThen + " ] && exit 42; ";
    workload
        .run(
            queue,
            spec ->
                spec.completions(3)
                    .restartPolicy("Never")
                    .backoffLimit(0)
                    .onExitCode("Ignore", 42)
                    .command(shell(failsAtFirst + consume("/worker.py"))))
        .awaitComplete();

    recording.judge(
        jobCompletesWith(3),
        processesEachExactlyOnce(items),
        drains(queue),
        diagnosedAs(ALL_PROCESSED));
  }

  @Scenario(
      value = "outcome.pod-replacement-policy",
      title = "A pod that is deleted is replaced only once it has ended, as the Job asks")
  void replacedOnceEnded(Workload workload, Wire wire, Faults faults, Recording recording) {
    if (lacks(JobField.POD_REPLACEMENT_POLICY, workload, recording)) {
      return;
    }
    var items = Items.ofTutorial(3);
    var queue = workload.fill("job1", items);
    var hold = wire.holdBefore(Passing.ack());
    var takesItsTime = "trap 'sleep 15; exit 1' TERM; " + consume("/worker.py") + " & wait $!";
    var job =
        workload.run(
            queue,
            spec ->
                spec.completions(3)
                    .parallelism(1)
                    .replacesOnlyWhatFailed()
                    .command(shell(takesItsTime)));
    var caught = wire.await(hold);
    faults.delete(caught.pod());
    recording.await(
        "the pod to be gone",
        history -> !history.all(PodGone.class, each -> each.pod().equals(caught.pod())).isEmpty());
    caught.cut();
    job.awaitComplete();

    recording.judge(
        replacesOnlyWhatEnded(),
        jobCompletesWith(3),
        processesEachAtLeastOnce(items),
        losesNothing(items),
        drains(queue),
        accountsForEverySuccess(),
        runsAtMost(1),
        diagnosedAs(REDELIVERED_ITEMS));
  }

  @Scenario(
      value = "outcome.success-policy",
      title = "A Job that is content with 3 successes ends, and what is left is told")
  void contentWithSome(Workload workload, Recording recording) {
    if (lacks(JobField.SUCCESS_POLICY, workload, recording)) {
      return;
    }
    var queue = workload.fill("job1", ITEMS);
    workload
        .run(queue, spec -> spec.indexed().contentWith(3).grace(Duration.ofSeconds(1)))
        .awaitComplete();

    recording.judge(losesNothing(ITEMS), runsAtMost(2), diagnosedAs(LEFTOVER_ITEMS));
  }

  @Scenario(
      value = "outcome.taken-over",
      title = "A Job that is left to another controller, which is not there: it is named")
  void takenOver(Workload workload, Recording recording) {
    if (lacks(JobField.MANAGED_BY, workload, recording)) {
      return;
    }
    var queue = workload.fill("job1", ITEMS);
    workload.run(queue, spec -> spec.managedBy("example.com/queue")).awaitComplete();

    recording.judge(
        jobNeverCompletes(), leavesOver(queue, 8), losesNothing(ITEMS), diagnosedAs(TAKEN_OVER));
  }

  @Scenario(
      value = "outcome.exact-quorum",
      title = "Each item is processed exactly once from a quorum queue")
  void exactQuorum(Workload workload, Recording recording) {
    var queue = workload.declare("job1", Map.of("x-queue-type", "quorum"));
    workload.add(queue, ITEMS);
    workload.run(queue).awaitComplete();

    recording.judge(asDocumented(queue));
  }

  @Scenario(
      value = "outcome.dropped-by-broker",
      title = "An item that comes back more often than its quorum queue allows is dropped")
  void droppedByBroker(Workload workload, Wire wire, Recording recording) {
    var items = Items.ofTutorial(1);
    var arguments = Map.<String, Object>of("x-queue-type", "quorum", "x-delivery-limit", 2L);
    var queue = workload.declare("job1", arguments);
    workload.add(queue, items);
    var dies = consume("-- sh -c 'kill -9 $PPID'");
    var thenWaits = "for i in 1 2 3; do " + dies + "; done; exec " + consume("/worker.py");
    workload
        .run(queue, spec -> spec.completions(1).parallelism(1).command(shell(thenWaits)))
        .awaitComplete();

    recording.judge(
        jobNeverCompletes(),
        drains(queue),
        expecting(INVALID, losesNothing(items)),
        diagnosedAs(DROPPED_BY_BROKER));
  }

  @Scenario(value = "outcome.vanished", title = "A Job that is deleted before it can be judged")
  void vanished(Workload workload, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    var job = workload.run(queue);
    recording.awaitSuccesses(1);
    job.delete();
    job.awaitComplete();

    recording.judge(expecting(UNKNOWN, jobCompletesWith(8)), diagnosedAs(VANISHED));
  }

  private static BrokerUrl url(JobDefinition spec) {
    return BrokerUrl.parse(spec.environment("BROKER_URL").orElseThrow());
  }

  /** What the documented Job does with as many completions as items, whatever else is set. */
  private static Claim[] asDocumented(String queue) {
    return new Claim[] {
      jobCompletesWith(8),
      processesEachExactlyOnce(ITEMS),
      drains(queue),
      oneItemPerPod(),
      accountsForEverySuccess(),
      runsAtMost(2),
      diagnosedAs(ALL_PROCESSED)
    };
  }

  /** Whether the API lacks the field: then that is what is shown, as the Job would mean another. */
  private static boolean lacks(JobField field, Workload workload, Recording recording) {
    if (workload.has(field)) {
      return false;
    }
    recording.judge(apiLacks(field.path()));
    return true;
  }

  /** Prints the digest of all that it reads. */
  private static final String DIGESTS =
      "-- python3 -c 'import hashlib, sys; body = sys.stdin.buffer.read();"
          + " print(\"digest sha256:%s bytes %d\" % (hashlib.sha256(body).hexdigest(), len(body)))'";

  private static List<Item> payloads() {
    byte[] large = new byte[1 << 20];
    new Random(1).nextBytes(large);
    return List.of(
        Item.of(0, "r\u00e9sum\u00e9 \u4f5c\u696d \ud83c\udf4e"),
        Item.of(1, "$(touch /tmp/x) `id` ; rm -rf * \"'\\ & | > < %s ~ !"),
        Item.of(2, "first\nsecond\n\nfourth\n"),
        Item.of(3, ""),
        new Item(4, large),
        Item.of(5, "again"),
        Item.of(6, "again"),
        new Item(7, new byte[] {0, 1, (byte) 0xff, 0}));
  }

  /** The image's command with another program that works on the item. */
  private static List<String> consuming(String program) {
    return shell(consume(program));
  }

  private static String consume(String program) {
    return "/usr/bin/amqp-consume --url=$BROKER_URL -q $QUEUE -c 1 " + program;
  }

  private static List<String> shell(String script) {
    return List.of("/bin/sh", "-c", script);
  }
}
