package workqueue;

import static workqueue.checker.claim.Claims.accountsForEverySuccess;
import static workqueue.checker.claim.Claims.diagnosedAs;
import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.expecting;
import static workqueue.checker.claim.Claims.follows;
import static workqueue.checker.claim.Claims.jobCompletesWith;
import static workqueue.checker.claim.Claims.jobFailsWith;
import static workqueue.checker.claim.Claims.jobNeverCompletes;
import static workqueue.checker.claim.Claims.keepsUnacked;
import static workqueue.checker.claim.Claims.leavesOver;
import static workqueue.checker.claim.Claims.losesNothing;
import static workqueue.checker.claim.Claims.oneItemPerPod;
import static workqueue.checker.claim.Claims.processesEachAtLeastOnce;
import static workqueue.checker.claim.Claims.processesEachExactlyOnce;
import static workqueue.checker.claim.Claims.reportsNoEndDuring;
import static workqueue.checker.claim.Claims.runsAtMost;
import static workqueue.checker.claim.Claims.strikesBetweenAckAndRelease;
import static workqueue.checker.claim.Verdict.INVALID;
import static workqueue.checker.diagnosis.FindingCode.ACKED_BUT_NOT_REPORTED;
import static workqueue.checker.diagnosis.FindingCode.ALL_PROCESSED;
import static workqueue.checker.diagnosis.FindingCode.BACKOFF_LIMIT_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.BROKER_BLOCKED;
import static workqueue.checker.diagnosis.FindingCode.BROKER_UNREACHABLE;
import static workqueue.checker.diagnosis.FindingCode.NODE_LOST;
import static workqueue.checker.diagnosis.FindingCode.QUEUE_MISSING;
import static workqueue.checker.diagnosis.FindingCode.REDELIVERED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.WAITING_FOR_WORK;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.fault.Faults;
import workqueue.history.BrokerEvent.BrokerAlarm;
import workqueue.history.History;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.junit.Scenario;
import workqueue.junit.WorkQueueTest;
import workqueue.scenario.Recording;
import workqueue.scenario.Wire;
import workqueue.tutorial.Caveat;
import workqueue.tutorial.Edition;
import workqueue.tutorial.JobDefinition;
import workqueue.waiting.Aside;
import workqueue.wire.Hold.Extent;
import workqueue.wire.Passing;
import workqueue.workload.Workload;

/** Faults that strike at a chosen point in an item's life, and what comes of them. */
@WorkQueueTest
class RaceIT {
  private static final List<Item> ITEMS = Items.ofTutorial();
  private static final List<Item> FEW = Items.ofTutorial(3);

  @Scenario(
      value = "race.killed-before-delivery",
      title = "A container is killed before it gets an item: nothing is lost")
  void killedBeforeDelivery(Workload workload, Wire wire, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    var hold = wire.holdBefore(Passing.consumer());
    var job = workload.run(queue);
    var caught = wire.await(hold);
    faults.kill(caught.pod());
    caught.cut();
    job.awaitComplete();

    recording.judge(
        jobCompletesWith(8),
        processesEachExactlyOnce(ITEMS),
        drains(queue),
        runsAtMost(2),
        diagnosedAs(ALL_PROCESSED));
  }

  @Scenario(
      value = "race.delivered-not-acked",
      title = "A container is killed before its ack: the item returns and is processed again")
  void deliveredNotAcked(Workload workload, Wire wire, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    var hold = wire.holdBefore(Passing.ack());
    var job = workload.run(queue);
    var caught = wire.await(hold);
    faults.kill(caught.pod());
    caught.cut();
    job.awaitComplete();

    recording.judge(
        jobCompletesWith(8),
        processesEachAtLeastOnce(ITEMS),
        losesNothing(ITEMS),
        drains(queue),
        accountsForEverySuccess(),
        diagnosedAs(REDELIVERED_ITEMS));
  }

  @Scenario(
      value = "race.acked-not-exited",
      title = "A container is killed after its ack and before it exits: the Job never completes",
      documents = Caveat.KILLED_BETWEEN_ACK_AND_EXIT)
  void ackedNotExited(Workload workload, Wire wire, Faults faults, Recording recording) {
    ackedNotExited(workload, wire, faults, recording, "OnFailure");
  }

  @Scenario(
      value = "race.acked-not-exited-never",
      title = "The same with pods that are never restarted: their replacement waits forever",
      documents = Caveat.KILLED_BETWEEN_ACK_AND_EXIT)
  void ackedNotExitedNever(Workload workload, Wire wire, Faults faults, Recording recording) {
    ackedNotExited(workload, wire, faults, recording, "Never");
  }

  private static void ackedNotExited(
      Workload workload, Wire wire, Faults faults, Recording recording, String restartPolicy) {
    var queue = workload.fill("job1", ITEMS);
    var hold = wire.holdAfter(Passing.ack());
    var job = workload.run(queue, spec -> spec.restartPolicy(restartPolicy));
    var caught = wire.await(hold);
    faults.kill(caught.pod());
    caught.release();
    job.awaitComplete();

    recording.judge(
        strikesBetweenAckAndRelease("kill-container"),
        jobNeverCompletes(),
        losesNothing(ITEMS),
        drains(queue),
        diagnosedAs(ACKED_BUT_NOT_REPORTED));
  }

  @Scenario(
      value = "race.kubelet-frozen-after-exit",
      title = "A worker ends while its kubelet is frozen: the Job hears of it afterwards",
      nodes = 2)
  void kubeletFrozenAfterExit(Workload workload, Wire wire, Faults faults, Recording recording) {
    var queue = workload.fill("job1", FEW);
    var agent = faults.agent();
    var hold = wire.holdAfter(Passing.ack());
    var job = workload.run(queue, spec -> spec.completions(3).parallelism(1).onNode(agent.name()));
    var caught = wire.await(hold);
    var frozen = faults.freezeKubelet(agent);
    caught.release();
    recording.await("the worker to be done", history -> hasEnded(history, caught));
    frozen.lasting(Duration.ofSeconds(5)).heal();
    job.awaitComplete();

    recording.judge(
        reportsNoEndDuring("freeze-kubelet"),
        jobCompletesWith(3),
        processesEachExactlyOnce(FEW),
        drains(queue),
        diagnosedAs(ALL_PROCESSED));
  }

  @Scenario(
      value = "race.kubelet-restarted",
      title = "A kubelet is restarted while its workers run: they go on, and all is done",
      nodes = 2)
  void kubeletRestarted(Workload workload, Wire wire, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    var agent = faults.agent();
    // Of a worker that was killed with it the item would come back.
    var hold = wire.holdBefore(Passing.ack());
    var job = workload.run(queue, spec -> spec.onNode(agent.name()));
    var caught = wire.await(hold);
    faults.restartKubelet(agent);
    caught.release();
    job.awaitComplete();

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
      value = "race.node-lost-after-ack",
      title = "A node is lost after the ack: the item was processed, and the Job waits forever",
      documents = Caveat.NODE_LOST_BEFORE_REPORT,
      nodes = 2)
  void nodeLostAfterAck(Workload workload, Wire wire, Faults faults, Recording recording) {
    var queue = workload.fill("job1", FEW);
    var agent = faults.agent();
    var hold = wire.holdAfter(Passing.ack());
    var job = workload.run(queue, spec -> movingFrom(agent.name(), spec));
    var caught = wire.await(hold);
    faults.kill(agent);
    caught.release();
    job.awaitComplete();

    recording.judge(
        strikesBetweenAckAndRelease("kill-node"),
        jobNeverCompletes(),
        drains(queue),
        follows(ACKED_BUT_NOT_REPORTED, NODE_LOST),
        diagnosedAs(NODE_LOST));
  }

  @Scenario(
      value = "race.node-lost-before-ack",
      title = "A node is lost before the ack: the item is held until its connection is dropped",
      nodes = 2)
  void nodeLostBeforeAck(Workload workload, Wire wire, Faults faults, Recording recording) {
    var queue = workload.fill("job1", FEW);
    var agent = faults.agent();
    // As with a machine without power: no word of its end gets out.
    var hold = wire.holdAfter(Passing.delivery(), Extent.BOTH_WAYS);
    var job = workload.run(queue, spec -> movingFrom(agent.name(), spec));
    var caught = wire.await(hold);
    var lost = faults.kill(agent);
    recording.awaitSuccesses(2);
    recording.await(NODE_LOST);
    recording.judgeSoFar(
        "lingering", keepsUnacked(queue, 1), losesNothing(FEW), diagnosedAs(NODE_LOST));

    caught.cut();
    recording.awaitSuccesses(3);
    // From Kubernetes 1.31 on a Job is not Complete while a pod of a lost node lingers.
    lost.heal();
    job.awaitComplete();
    recording.judge(
        jobCompletesWith(3), processesEachAtLeastOnce(FEW), drains(queue), diagnosedAs(NODE_LOST));
  }

  /** Three items, one after the other, on this node as long as there is one. */
  private static JobDefinition movingFrom(String node, JobDefinition spec) {
    return spec.completions(3)
        .parallelism(1)
        .prefersNode(node)
        .toleratesLostNode(Duration.ofSeconds(5));
  }

  @Scenario(
      value = "race.pod-deleted",
      title = "A pod is deleted while its worker runs: the worker finishes, and nobody counts it")
  void podDeleted(Workload workload, Wire wire, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    var hold = wire.holdAfter(Passing.delivery());
    // Longer than a Job's controller takes to see that the pod is to go: one that has succeeded by
    // then counts.
    var job = workload.run(queue, spec -> spec.environment("WORKER_SECONDS", "8"));
    var caught = wire.await(hold);
    faults.delete(caught.pod());
    caught.release();
    job.awaitComplete();

    recording.judge(
        jobNeverCompletes(),
        losesNothing(ITEMS),
        drains(queue),
        follows(WAITING_FOR_WORK, ACKED_BUT_NOT_REPORTED),
        diagnosedAs(ACKED_BUT_NOT_REPORTED));
  }

  @Scenario(
      value = "race.broker-restarted",
      title = "The broker is away for 5 s: what is durable outlives it, and the Job completes",
      ownBroker = true)
  void brokerRestarted(Workload workload, Wire wire, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    var hold = wire.holdBefore(Passing.ack());
    // One at a time: another's ack might pass at the very end, and its worker never hear of it.
    var job = workload.run(queue, spec -> spec.parallelism(1).backoffLimit(30));
    var caught = wire.await(hold);
    faults.broker().restart(Duration.ofSeconds(5));
    caught.release();
    job.awaitComplete();

    recording.judge(
        jobCompletesWith(8),
        processesEachAtLeastOnce(ITEMS),
        losesNothing(ITEMS),
        drains(queue),
        diagnosedAs(REDELIVERED_ITEMS));
  }

  @Scenario(
      value = "race.broker-away-too-long",
      title = "The broker is away until the Job gives up",
      ownBroker = true)
  void brokerAwayTooLong(Workload workload, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    var away = faults.broker().stop();
    workload.run(queue, spec -> spec.backoffLimit(2)).awaitComplete();
    away.heal();

    recording.judge(
        jobFailsWith("BackoffLimitExceeded"),
        leavesOver(queue, 8),
        losesNothing(ITEMS),
        follows(BACKOFF_LIMIT_EXCEEDED, BROKER_UNREACHABLE),
        diagnosedAs(BROKER_UNREACHABLE));
  }

  @Scenario(
      value = "race.classic-broker-restarted",
      title =
          "The classic broker restarts without a volume: the durable queue is gone, items and all",
      brokerInCluster = true,
      brokerEdition = Edition.CLASSIC)
  void classicBrokerRestarted(Workload workload, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    workload.run(queue, spec -> spec.backoffLimit(30));
    recording.awaitSuccesses(1);
    faults.broker().kill().heal();
    recording.await(
        "the workers to be back at the broker, without their queue",
        history -> Diagnosis.of(history).roots().equals(Set.of(QUEUE_MISSING)));

    recording.judge(expecting(INVALID, leavesOver(queue, 7)), diagnosedAs(QUEUE_MISSING));
  }

  @Scenario(
      value = "race.queue-deleted",
      title = "The queue is deleted under consumers that wait: they look healthy forever")
  void queueDeleted(Workload workload, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    workload.run(queue, spec -> spec.completions(10));
    recording.await(WAITING_FOR_WORK);
    faults.broker().delete(queue);
    recording.await(QUEUE_MISSING);

    recording.judge(processesEachExactlyOnce(ITEMS), diagnosedAs(QUEUE_MISSING));
  }

  @Scenario(
      value = "race.publisher-blocked",
      title = "The broker's memory alarm holds publishers back, and lets them go on afterwards",
      ownBroker = true)
  void publisherBlocked(Workload workload, Faults faults, Recording recording) {
    var queue = workload.declare("job1");
    var alarm = faults.broker().memoryAlarm();
    var publishing = Aside.run(() -> workload.add(queue, ITEMS));
    recording.await(
        "a publisher that is blocked",
        history -> !history.all(BrokerAlarm.class, BrokerAlarm::raised).isEmpty());
    recording.await(BROKER_BLOCKED);
    recording.judgeSoFar("blocked", diagnosedAs(BROKER_BLOCKED));

    alarm.heal();
    publishing.join();
    workload.run(queue).awaitComplete();
    recording.judge(
        jobCompletesWith(8),
        processesEachExactlyOnce(ITEMS),
        drains(queue),
        diagnosedAs(ALL_PROCESSED));
  }

  @Scenario(
      value = "race.broker-silent",
      title = "The broker goes silent on open connections: its consumers hang")
  void brokerSilent(Workload workload, Wire wire, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    var job = workload.run(queue);
    recording.awaitSuccesses(1);
    var silence = faults.wire().silence();
    recording.await(BROKER_UNREACHABLE);
    recording.judgeSoFar("silent", losesNothing(ITEMS), diagnosedAs(BROKER_UNREACHABLE));

    silence.heal();
    job.awaitComplete();
    recording.judge(
        jobCompletesWith(8),
        processesEachExactlyOnce(ITEMS),
        drains(queue),
        diagnosedAs(ALL_PROCESSED));
  }

  private static boolean hasEnded(History history, Wire.Caught caught) {
    String connection = caught.connection().connection();
    return !history
        .all(ConnectionEnded.class, each -> each.connection().equals(connection))
        .isEmpty();
  }
}
