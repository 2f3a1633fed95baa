package workqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.claim.Claims.diagnosedAs;
import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.expecting;
import static workqueue.checker.claim.Claims.jobCompletesWith;
import static workqueue.checker.claim.Claims.leavesOver;
import static workqueue.checker.claim.Claims.losesNothing;
import static workqueue.checker.claim.Verdict.INVALID;
import static workqueue.checker.diagnosis.FindingCode.LEFTOVER_ITEMS;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import workqueue.fault.Fault;
import workqueue.fault.Faults;
import workqueue.fault.Kind;
import workqueue.history.BrokerEvent.Alarm;
import workqueue.history.BrokerEvent.BrokerAlarm;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.ClusterEvent.NodeState;
import workqueue.history.ClusterEvent.PodGone;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.HarnessEvent.FaultHealed;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.History;
import workqueue.history.PodRef;
import workqueue.history.Recorded;
import workqueue.history.Source;
import workqueue.history.Termination;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.End;
import workqueue.history.WireEvent.SessionOpened;
import workqueue.junit.Scenario;
import workqueue.junit.WorkQueueTest;
import workqueue.scenario.Recording;
import workqueue.scenario.Wire;
import workqueue.tutorial.Edition;
import workqueue.tutorial.JobDefinition;
import workqueue.waiting.Aside;
import workqueue.wire.Passing;
import workqueue.workload.Workload;

/** Each fault strikes for real, is recorded, and is healed. */
@WorkQueueTest
class FaultIT {
  private static final List<Item> ITEMS = Items.ofTutorial(2);
  private static final List<Item> ONE = Items.ofTutorial(1);
  private static final Duration FOREVER = Duration.ofMinutes(10);

  @Scenario(
      value = "fault.kill-container",
      title = "A worker's container is killed: it is restarted and does its work")
  void killsAContainer(Workload workload, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    var job = workload.run(queue, working(Duration.ofSeconds(8), 2));
    var pod = job.awaitRunning(1).get(0);
    faults.kill(pod);
    job.awaitComplete();

    recording.judge(jobCompletesWith(2), losesNothing(ITEMS), drains(queue));
    assertThat(ends(recording.history(), pod)).extracting(Termination::exitCode).containsOnly(137);
  }

  @Scenario(
      value = "fault.evict-pod",
      title = "A worker's pod is evicted: it is told to go, and its item stays")
  void evictsAPod(Workload workload, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ONE);
    var pod = workload.run(queue, working(FOREVER, 1)).awaitRunning(1).get(0);
    faults.evict(pod);
    recording.await("the pod to be told to go", history -> isLeaving(history, pod));

    recording.judge(losesNothing(ONE));
    assertThat(isLeaving(recording.history(), pod)).isTrue();
  }

  @Scenario(
      value = "fault.delete-pod",
      title = "A worker's pod is deleted without grace: its object goes, and its item stays")
  void deletesAPod(Workload workload, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ONE);
    var pod = workload.run(queue, working(FOREVER, 1)).awaitRunning(1).get(0);
    faults.delete(pod, Duration.ZERO);
    recording.await("the pod to be gone", history -> isGone(history, pod));

    recording.judge(losesNothing(ONE));
    assertThat(isGone(recording.history(), pod)).isTrue();
  }

  @Scenario(
      value = "fault.restart-broker",
      title = "The broker is restarted: what is durable outlives it, and all is done",
      ownBroker = true)
  void restartsTheBroker(Workload workload, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    faults.broker().restart(Duration.ofSeconds(5));
    workload.run(queue, working(Duration.ofSeconds(1), 2)).awaitComplete();

    recording.judge(jobCompletesWith(2), losesNothing(ITEMS), drains(queue));
    assertThat(recording.history().gaps(Source.BROKER)).isNotEmpty();
  }

  @Scenario(
      value = "fault.kill-broker",
      title = "The broker is killed: what is durable outlives that, too",
      ownBroker = true)
  void killsTheBroker(Workload workload, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    // Not at once: RabbitMQ 3.10 was seen to lose a durable queue that was declared 0.1 s before.
    workload.run(queue, working(Duration.ofSeconds(4), 1)).awaitComplete();
    faults.broker().kill().heal();
    recording.await(
        "the broker to be seen again", history -> !history.gaps(Source.BROKER).isEmpty());

    // How many are left is open: RabbitMQ 4.3 was seen to give out again an item acked 3 s before.
    recording.judge(jobCompletesWith(1), losesNothing(ITEMS), diagnosedAs(LEFTOVER_ITEMS));
    assertThat(recording.history().gaps(Source.BROKER)).isNotEmpty();
  }

  @Scenario(
      value = "fault.pause-broker",
      title = "The broker is paused: it keeps its connections, and nobody hears of it meanwhile",
      ownBroker = true)
  void pausesTheBroker(Workload workload, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    recording.await("the items to be seen", history -> ready(history, queue) == 2);
    Fault paused = faults.broker().pause().lasting(Duration.ofSeconds(6));
    paused.heal();

    recording.judge(leavesOver(queue, 2), losesNothing(ITEMS));
    History history = recording.history();
    assertThat(history.all(QueueDepth.class))
        .noneMatch(
            each ->
                each.event().sampledAt().isAfter(struck(history, paused).at())
                    && each.seq() < healing(history, paused));
  }

  @Scenario(
      value = "fault.delete-queue",
      title = "A queue is purged, then deleted: its items are lost, then it is missing")
  void deletesAQueue(Workload workload, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    recording.await("the items to be seen", history -> ready(history, queue) == 2);
    faults.broker().purge(queue);
    recording.await("the items to be gone", history -> ready(history, queue) == 0);
    assertThat(ready(recording.history(), queue)).isZero();
    faults.broker().delete(queue);
    recording.await("the queue to be gone", history -> isMissing(history, queue));

    recording.judge(expecting(INVALID, losesNothing(ITEMS)));
    assertThat(isMissing(recording.history(), queue)).isTrue();
  }

  @Scenario(
      value = "fault.memory-alarm",
      title = "The broker raises its memory alarm: a publisher is held back until it is over",
      ownBroker = true)
  void raisesTheMemoryAlarm(Workload workload, Faults faults, Recording recording) {
    var queue = workload.declare("job1");
    Fault alarm = faults.broker().memoryAlarm();
    CompletableFuture<Void> publishing = Aside.run(() -> workload.add(queue, ITEMS));
    recording.await(
        "the alarm and a publisher that is blocked",
        history -> raised(history, Alarm.MEMORY) && raised(history, Alarm.CONNECTION_BLOCKED));
    assertThat(publishing).isNotDone();
    alarm.heal();
    publishing.join();
    recording.await("the alarm's end", history -> !raised(history, Alarm.MEMORY));

    recording.judge(leavesOver(queue, 2), losesNothing(ITEMS));
    assertThat(recording.history().all(BrokerAlarm.class))
        .extracting(each -> each.event().alarm() + " " + each.event().raised())
        .containsExactlyInAnyOrder(
            "MEMORY true", "CONNECTION_BLOCKED true", "CONNECTION_BLOCKED false", "MEMORY false");
  }

  @Scenario(
      value = "fault.freeze-kubelet",
      title = "The kubelet is frozen while its worker ends: nobody hears of it before it goes on",
      nodes = 2)
  void freezesTheKubelet(Workload workload, Wire wire, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ONE);
    // The server's cannot be frozen where it is one process with the API server.
    var agent = faults.agent();
    var hold = wire.holdBefore(Passing.ack());
    var job =
        workload.run(
            queue, spec -> working(Duration.ofSeconds(1), 1).apply(spec).onNode(agent.name()));
    var pod = job.awaitRunning(1).get(0);
    var caught = wire.await(hold);
    recording.await("the worker to have its item", history -> consumers(history, queue) == 1);
    Fault frozen = faults.freezeKubelet(agent);
    caught.release();
    recording.await("the worker to be done", history -> consumers(history, queue) == 0);
    frozen.lasting(Duration.ofSeconds(5)).heal();
    job.awaitComplete();

    recording.judge(jobCompletesWith(1), losesNothing(ONE), drains(queue));
    assertThat(firstEnd(recording.history(), pod))
        .isGreaterThan(healing(recording.history(), frozen));
  }

  @Scenario(
      value = "fault.stop-node",
      title = "An agent is shut down and comes back: it is called lost, then Ready again",
      nodes = 2)
  void stopsAnAgent(Workload workload, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    var agent = faults.agent();
    var job =
        workload.run(
            queue, spec -> working(Duration.ofSeconds(4), 2).apply(spec).onNode(agent.name()));
    job.awaitRunning(1);
    Fault stopped = faults.stop(agent);
    recording.await("the node to be lost", history -> !isReady(history, agent.name()));
    assertThat(isReady(recording.history(), agent.name())).isFalse();
    stopped.heal();
    recording.await("the node to be back", history -> isReady(history, agent.name()));
    job.awaitComplete();

    recording.judge(jobCompletesWith(2), losesNothing(ITEMS));
  }

  @Scenario(
      value = "fault.kill-node",
      title = "An agent loses its power: its item stays unacked until the connection is dropped",
      nodes = 2)
  void killsAnAgent(Workload workload, Wire wire, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ONE);
    var agent = faults.agent();
    var hold = wire.holdBefore(Passing.ack());
    var job =
        workload.run(
            queue, spec -> working(Duration.ofSeconds(1), 1).apply(spec).onNode(agent.name()));
    var caught = wire.await(hold);
    recording.await("the worker to have its item", history -> consumers(history, queue) == 1);
    Fault killed = faults.kill(agent);
    recording.await("the node to be lost", history -> !isReady(history, agent.name()));
    assertThat(isReady(recording.history(), agent.name())).isFalse();
    assertThat(consumers(recording.history(), queue)).as("consumers left by the dead").isOne();
    faults.broker().dropConnections();
    caught.release();
    recording.await("the item to be back", history -> ready(history, queue) == 1);
    killed.heal();
    job.awaitComplete();

    recording.judge(jobCompletesWith(1), losesNothing(ONE), drains(queue));
  }

  @Scenario(
      value = "fault.delete-broker-pod",
      title = "The pod of the classic broker is deleted: a new one answers, without the queue",
      brokerInCluster = true,
      brokerEdition = Edition.CLASSIC)
  void deletesTheBrokersPod(Workload workload, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ONE);
    faults.broker().deletePod().heal();
    recording.await("the queue to be gone", history -> isMissing(history, queue));

    recording.judge(expecting(INVALID, losesNothing(ONE)));
    assertThat(isMissing(recording.history(), queue)).isTrue();
  }

  @Scenario(
      value = "fault.drain-node",
      title = "An agent is drained: its worker moves, and it takes pods again afterwards",
      nodes = 2)
  void drainsAnAgent(Workload workload, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ONE);
    var agent = faults.agent();
    var job = workload.run(queue, spec -> working(FOREVER, 1).apply(spec).onNode(agent.name()));
    var pod = job.awaitRunning(1).get(0);
    try (Fault drained = faults.drain(agent)) {
      recording.await("the pod to be told to go", history -> isLeaving(history, pod));
      recording.await("the node to take no pods", history -> isCordoned(history, agent.name()));
      assertThat(drained.kind()).isEqualTo(Kind.DRAIN_NODE);
    }
    recording.await("the node to take pods", history -> !isCordoned(history, agent.name()));

    recording.judge(losesNothing(ONE));
    assertThat(recording.history().all(NodeState.class, NodeState::unschedulable)).isNotEmpty();
    assertThat(isCordoned(recording.history(), agent.name())).isFalse();
  }

  @Scenario(
      value = "fault.api-server-away",
      title = "The API server is away while a worker ends: a gap, and all is seen afterwards",
      nodes = 2)
  void takesTheApiServerAway(Workload workload, Wire wire, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ONE);
    var agent = faults.agent();
    var hold = wire.holdBefore(Passing.ack());
    var job =
        workload.run(
            queue, spec -> working(Duration.ofSeconds(1), 1).apply(spec).onNode(agent.name()));
    job.awaitRunning(1);
    var caught = wire.await(hold);
    recording.await("the worker to have its item", history -> consumers(history, queue) == 1);
    Fault away = faults.takeApiServerAway();
    caught.release();
    recording.await("the worker to be done", history -> consumers(history, queue) == 0);
    away.heal();
    job.awaitComplete();

    recording.judge(jobCompletesWith(1), losesNothing(ONE), drains(queue));
    assertThat(recording.history().gaps(Source.PODS, Source.JOBS)).isNotEmpty();
    assertThat(recording.history().all(JobState.class, JobState::complete))
        .allSatisfy(
            each -> assertThat(each.seq()).isGreaterThan(struck(recording.history(), away).seq()));
  }

  @Scenario(
      value = "fault.partition",
      title = "Workers are cut off from the broker: they restart, and all is done afterwards")
  void cutsWorkersOff(Workload workload, Wire wire, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    var job =
        workload.run(queue, spec -> working(Duration.ofSeconds(8), 2).apply(spec).backoffLimit(30));
    recording.await("the worker to have its item", history -> consumers(history, queue) == 1);
    var pod = job.awaitRunning(1).get(0);
    faults.wire().partition().lasting(Duration.ofSeconds(12)).heal();
    job.awaitComplete();

    recording.judge(jobCompletesWith(2), losesNothing(ITEMS), drains(queue));
    assertThat(ends(recording.history(), pod)).isNotEmpty();
    assertThat(recording.history().all(ConnectionEnded.class, each -> each.end() == End.CUT))
        .isNotEmpty();
  }

  @Scenario(
      value = "fault.delay",
      title = "All that passes between workers and broker is late: it takes longer, and is done")
  void delaysTheWire(Workload workload, Wire wire, Faults faults, Recording recording) {
    var queue = workload.fill("job1", ITEMS);
    Fault late = faults.wire().delay(Duration.ofMillis(300));
    workload.run(queue, working(Duration.ofSeconds(1), 2)).awaitComplete();
    late.heal();

    recording.judge(jobCompletesWith(2), losesNothing(ITEMS), drains(queue));
    assertThat(slowestOpening(recording.history())).isGreaterThan(Duration.ofMillis(600));
  }

  /** The longest time that a client took to be let in, which takes several rounds. */
  private static Duration slowestOpening(History history) {
    Map<String, Instant> opened = new HashMap<>();
    history
        .all(ConnectionOpened.class)
        .forEach(each -> opened.put(each.event().connection(), each.at()));
    return history.all(SessionOpened.class).stream()
        .map(each -> Duration.between(opened.get(each.event().connection()), each.at()))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private static UnaryOperator<JobDefinition> working(Duration each, int completions) {
    return spec -> spec.completions(completions).parallelism(1).workerSeconds(each);
  }

  private static List<Termination> ends(History history, PodRef pod) {
    return history.all(ContainerState.class, each -> each.pod().equals(pod)).stream()
        .map(each -> each.event().last())
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private static long firstEnd(History history, PodRef pod) {
    return history
        .all(
            ContainerState.class,
            each -> each.pod().equals(pod) && each.state() == Running.TERMINATED)
        .get(0)
        .seq();
  }

  private static boolean isLeaving(History history, PodRef pod) {
    return !history
        .all(PodState.class, each -> each.pod().equals(pod) && each.deletionAt() != null)
        .isEmpty();
  }

  private static boolean isGone(History history, PodRef pod) {
    return !history.all(PodGone.class, each -> each.pod().equals(pod)).isEmpty();
  }

  private static boolean isReady(History history, String node) {
    return node(history, node).map(NodeState::ready).orElse(false);
  }

  private static boolean isCordoned(History history, String node) {
    return node(history, node).map(NodeState::unschedulable).orElse(false);
  }

  private static Optional<NodeState> node(History history, String node) {
    return history.last(NodeState.class, each -> each.node().equals(node)).map(Recorded::event);
  }

  private static boolean raised(History history, Alarm alarm) {
    return history
        .last(BrokerAlarm.class, each -> each.alarm() == alarm)
        .map(each -> each.event().raised())
        .orElse(false);
  }

  private static int consumers(History history, String queue) {
    return history
        .last(QueueDepth.class, each -> each.queue().equals(queue) && each.consumers() != null)
        .map(each -> each.event().consumers())
        .orElse(-1);
  }

  /** Where the broker counts what is held among what waits: what waits while nobody can hold. */
  private static int ready(History history, String queue) {
    return history
        .last(
            QueueDepth.class,
            each ->
                each.queue().equals(queue)
                    && ((each.ready() != null)
                        || ((each.total() != null) && each.consumers().equals(0))))
        .map(Recorded::event)
        .map(each -> each.ready() != null ? each.ready() : each.total())
        .orElse(-1);
  }

  private static boolean isMissing(History history, String queue) {
    return history
        .last(QueueDepth.class, each -> each.queue().equals(queue))
        .map(each -> !each.event().exists())
        .orElse(false);
  }

  private static Recorded<FaultInjected> struck(History history, Fault fault) {
    return history
        .last(FaultInjected.class, each -> each.kind().equals(fault.kind().word()))
        .orElseThrow();
  }

  private static long healing(History history, Fault fault) {
    return history
        .all(FaultHealed.class, each -> each.kind().equals(fault.kind().word()))
        .get(0)
        .seq();
  }
}
