package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.claim.CheckAnswer.Outcome.FAILS;
import static workqueue.checker.claim.CheckAnswer.Outcome.HOLDS;
import static workqueue.checker.claim.CheckAnswer.Outcome.NOT_RUN;
import static workqueue.checker.claim.CheckAnswer.Outcome.UNKNOWN;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import workqueue.Item;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.ApiEvent.GuestArrived;
import workqueue.history.ApiEvent.ObjectDeleted;
import workqueue.history.ApiEvent.ObjectMade;
import workqueue.history.ApiEvent.ObjectsRead;
import workqueue.history.ApiEvent.ProofStopped;
import workqueue.history.ApiEvent.TrialBegan;
import workqueue.history.ApiEvent.TrialEnded;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.Evidence;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.HistoryBuilder;
import workqueue.history.PodRef;
import workqueue.history.Source;

/** What the checks that something is made for make of records, sound and otherwise. */
public class TrialChecksTest {
  private static final String WAITS = "job.waits-for-work";
  private static final String REPLACES = "job.replaces-pod";
  private static final String SURVIVES = "broker.data-survives-container";
  private static final String IDLE = "network.idle";
  private static final String NODES = "nodes.every-class";

  private static final ObjectMade JOB =
      new ObjectMade("Job", "job-wq-1", "uid-of-job-wq-1", 201, "", Map.of());

  private final HistoryBuilder told = new HistoryBuilder().evidence(Evidence.none());

  TrialChecksTest() {
    told.add(Source.API, new GuestArrived("full", "prod", "demo", 11, 4, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {WAITS, REPLACES, SURVIVES, IDLE, NODES})
  void ofNothingNothingIsKnown(String check) {
    assertThat(answer(check).outcome()).isIn(UNKNOWN, NOT_RUN);
    begins(check).ends(check, "waited 120 s for the probe to end: no pod");
    assertThat(answer(check).outcome()).isEqualTo(UNKNOWN);
    assertThat(answer(check).said()).isEqualTo("waited 120 s for the probe to end: no pod");
  }

  @ParameterizedTest
  @ValueSource(strings = {WAITS, REPLACES, SURVIVES, IDLE, NODES})
  void whatStopsAProofIsNamed(String check) {
    told.add(Source.HARNESS, new ProofStopped("namespace.quota-room"));
    assertThat(answer(check).said()).isEqualTo("blocked by namespace.quota-room");
  }

  @ParameterizedTest
  @ValueSource(strings = {WAITS, REPLACES, SURVIVES})
  void aQueueThatCannotBeFilledIsUnknown(String check) {
    begins(check);
    probe(Try.FILL, Outcome.REFUSED, "403").ends(check, "");
    assertThat(answer(check).outcome()).isEqualTo(UNKNOWN);
    assertThat(answer(check).said()).isEqualTo("the queue could not be filled: 403");
  }

  /** One that is still on its way out may be seen. */
  @ParameterizedTest
  @ValueSource(strings = {WAITS, REPLACES})
  void aJobThatIsNotMadeIsUnknownAndTheOneBeforeItIsNotTakenForIt(String check) {
    begins(check).probe(Try.FILL, Outcome.OK, "item-0");
    told.job(1, 1).worksOff("pod-0", Item.of(0, "item-0")).jobCompletes();
    told.add(Source.API, new ObjectMade("Job", "job-wq-1", "", 403, "quota", Map.of()));
    ends(check, "");
    assertThat(answer(check).outcome()).isEqualTo(UNKNOWN);
    assertThat(answer(check).said()).isEqualTo("Job job-wq-1 was not made: quota");
  }

  @Test
  void aJobThatWaitedAndCompletedHolds() {
    waits(12);
    told.worksOff("pod-8", Item.of(8, "nectarine")).jobCompletes();
    ends(WAITS, "");
    assertThat(answer(WAITS).outcome()).as(answer(WAITS).said()).isEqualTo(HOLDS);
    assertThat(answer(WAITS).said()).startsWith("it waited 1");
  }

  @Test
  void aJobThatWasNotLookedAtForLongIsUnknown() {
    waits(4);
    told.worksOff("pod-8", Item.of(8, "nectarine")).jobCompletes();
    ends(WAITS, "");
    assertThat(answer(WAITS).outcome()).isEqualTo(UNKNOWN);
  }

  @Test
  void aJobThatIsDeletedWhileItWaitsIsTold() {
    eightAreDone();
    told.after(6).jobDeleted();
    ends(WAITS, "the Job is gone");
    fails(WAITS, FindingCode.VANISHED);
    assertThat(answer(WAITS).said())
        .isEqualTo("somebody deleted the Job, which waited for an item: 8 of 9 had succeeded");
  }

  @Test
  void aJobThatIsCompleteBeforeItsLastItemIsTold() {
    eightAreDone();
    told.after(2).jobCompletes();
    ends(WAITS, "the Job has ended");
    fails(WAITS, FindingCode.SPEC_CHANGED);
  }

  @Test
  void aJobThatRunsOutOfItsTimeWhileItWaitsIsTold() {
    eightAreDone();
    told.after(6).jobFails("DeadlineExceeded");
    ends(WAITS, "the Job has ended");
    assertThat(answer(WAITS).outcome()).isEqualTo(FAILS);
    assertThat(answer(WAITS).code()).contains(FindingCode.DEADLINE_EXCEEDED);
  }

  @Test
  void aJobThatDoesNotCompleteWithItsLastItemIsTold() {
    waits(12);
    told.jobStatus();
    ends(WAITS, "waited 240 s for the Job to end");
    assertThat(answer(WAITS).outcome()).isEqualTo(FAILS);
  }

  @Test
  void aPodThatIsReplacedHolds() {
    twoWork();
    deletesTheFirst().gone("pod-0");
    replaces(Outcome.OK, "");
    assertThat(answer(REPLACES).outcome()).as(answer(REPLACES).said()).isEqualTo(HOLDS);
    assertThat(answer(REPLACES).said())
        .isEqualTo("pod-2 came for pod-0, and each item was processed");
  }

  @Test
  void aPodThatOutlivesItsDeletionIsTold() {
    twoWork();
    deletesTheFirst();
    replaces(Outcome.OK, "");
    fails(REPLACES, FindingCode.STUCK_TERMINATING);
  }

  @Test
  void aPodThatNoOtherComesForIsTold() {
    twoWork();
    deletesTheFirst().gone("pod-0").after(60);
    ends(REPLACES, "waited 180 s for the Job to end");
    fails(REPLACES, FindingCode.CONTROLLER_INACTIVE);
  }

  @Test
  void anItemThatIsLeftAlthoughItsPodWasReplacedIsTold() {
    twoWork();
    deletesTheFirst().gone("pod-0");
    replaces(Outcome.OK, "orange");
    assertThat(answer(REPLACES).outcome()).isEqualTo(FAILS);
    assertThat(answer(REPLACES).said()).isEqualTo("the queue is left with orange");
  }

  @Test
  void aPodThatHadDoneItsWorkShowsNothing() {
    twoWork();
    told.succeeds("pod-0");
    deletesTheFirst().gone("pod-0").succeeds("pod-1").jobCompletes();
    ends(REPLACES, "");
    assertThat(answer(REPLACES).outcome()).isEqualTo(UNKNOWN);
    assertThat(answer(REPLACES).said())
        .isEqualTo("pod pod-0 had done its work before it was deleted");
  }

  @Test
  void anItemThatOutlivesTheContainerHolds() {
    survives("quince", 1);
    assertThat(answer(SURVIVES).outcome()).as(answer(SURVIVES).said()).isEqualTo(HOLDS);
  }

  @Test
  void anItemThatIsGoneWithTheContainerIsTold() {
    survives("", 1);
    fails(SURVIVES, FindingCode.LOST_ITEMS);
  }

  @ParameterizedTest
  @CsvSource({
    "1, server channel error 404: NOT_FOUND - no queue job1, FAILS",
    "1, opening socket: connection refused, UNKNOWN",
    "0, server channel error 404: NOT_FOUND - no queue job1, UNKNOWN"
  })
  void aQueueThatIsGoneWithTheContainerIsTold(
      int restarts, String said, CheckAnswer.Outcome outcome) {
    survives(Outcome.REFUSED, said, restarts);
    assertThat(answer(SURVIVES).outcome()).isEqualTo(outcome);
    if (outcome == FAILS) {
      fails(SURVIVES, FindingCode.LOST_ITEMS);
    }
  }

  @Test
  void aContainerThatDidNotEndShowsNothing() {
    survives("", 0);
    assertThat(answer(SURVIVES).outcome()).isEqualTo(UNKNOWN);
  }

  @Test
  void aBrokerThatMayNotBeEnteredIsUnknownAndTheRightIsNamed() {
    begins(SURVIVES);
    probe(Try.FILL, Outcome.OK, "quince");
    probe(Try.RUN_COMMAND, Outcome.NOT_TRIED, "may not create pods/exec").ends(SURVIVES, "");
    assertThat(answer(SURVIVES).outcome()).isEqualTo(UNKNOWN);
    assertThat(answer(SURVIVES).missing()).containsExactly("create pods/exec");
  }

  @ParameterizedTest
  @CsvSource({"OK, HOLDS", "NO_ANSWER, FAILS", "REFUSED, FAILS", "NOT_TRIED, UNKNOWN"})
  void aConsumerThatWaitedIsToldOf(Outcome came, CheckAnswer.Outcome outcome) {
    begins(IDLE);
    probe(Try.WAIT_IDLE, came, "so it was").ends(IDLE, "");
    assertThat(answer(IDLE).outcome()).isEqualTo(outcome);
    assertThat(answer(IDLE).said()).isEqualTo("so it was");
    if (outcome == FAILS) {
      fails(IDLE, FindingCode.IDLE_CUT);
    }
  }

  @Test
  void nodesThatAllGetThroughHold() {
    onNodes(Try.CONNECT, Outcome.OK, "");
    assertThat(answer(NODES).outcome()).isEqualTo(HOLDS);
    assertThat(answer(NODES).said()).isEqualTo("from node-1, node-2");
  }

  @Test
  void nodesOfAClassThatTakesNoPodsAreToldAsNotLookedAt() {
    Map<String, Object> taint = Map.of("key", "dedicated", "effect", "NoSchedule");
    told.add(
        Source.API,
        new ObjectsRead(
            "Node",
            "",
            200,
            "",
            List.of(
                node("node-1", Map.of()),
                node("node-2", Map.of()),
                node("node-3", Map.of("taints", List.of(taint))),
                node("node-4", Map.of("taints", List.of(taint))),
                node("node-5", Map.of("unschedulable", true)))));
    onNodes(Try.CONNECT, Outcome.OK, "");
    assertThat(answer(NODES).outcome()).isEqualTo(HOLDS);
    assertThat(answer(NODES).said())
        .isEqualTo("from node-1, node-2; not looked at: node-3 has the taint dedicated:NoSchedule");
  }

  private static Map<String, Object> node(String name, Map<String, Object> spec) {
    return Map.of(
        "name",
        name,
        "labels",
        Map.of("kubernetes.io/os", "linux", "kubernetes.io/hostname", name),
        "spec",
        spec,
        "status",
        Map.of("conditions", List.of(Map.of("type", "Ready", "status", "True"))));
  }

  @Test
  void whereTheNameIsNotResolvedNodesAreNotBlamedForIt() {
    told.add(
        Source.PROBES,
        new Probe(
            Try.LOOK_UP, "rabbitmq-service", "wq-scout-fill", Outcome.NOT_FOUND, "not known"));
    onNodes(Try.LOOK_UP, Outcome.NOT_FOUND, "not known");
    assertThat(answer(NODES).said()).isEqualTo("blocked by network.dns");
  }

  @ParameterizedTest
  @CsvSource({
    "LOOK_UP, NOT_FOUND, NODE_UNFIT, is not resolved",
    "CONNECT, NO_ANSWER, TRAFFIC_BLOCKED, :5672 is not reached"
  })
  void aNodeFromWhichNobodyGetsThroughIsTold(
      Try tried, Outcome outcome, FindingCode code, String what) {
    onNodes(tried, outcome, "timed out");
    fails(NODES, code);
    assertThat(answer(NODES).said()).startsWith("on node-2 job1").endsWith(what + ": timed out");
  }

  @Test
  void aNodeOnWhichAPodDoesNotRunIsTold() {
    begins(NODES);
    told.add(Source.PODS, probeOn(0, "node-1", "Pending"));
    ends(NODES, "");
    fails(NODES, FindingCode.NODE_UNFIT);
    assertThat(answer(NODES).said()).isEqualTo("on node-1 a pod does not get further than Pending");
  }

  @Test
  void nodesThatMayNotBeListedAreUnknownAndTheRightIsNamed() {
    told.add(Source.API, new ObjectsRead("Node", "", null, "may not list nodes", List.of()));
    begins(NODES).ends(NODES, "");
    assertThat(answer(NODES).outcome()).isEqualTo(UNKNOWN);
    assertThat(answer(NODES).missing()).containsExactly("list nodes");
  }

  /** One node from which all is well, and another one. */
  private void onNodes(Try tried, Outcome outcome, String detail) {
    begins(NODES);
    for (int number = 0; number < 2; number++) {
      told.add(Source.PODS, probeOn(number, "node-" + (number + 1), "Succeeded"));
      told.add(
          Source.PROBES,
          new Probe(
              tried,
              "job1",
              "wq-scout-way-" + number,
              number == 0 ? Outcome.OK : outcome,
              number == 0 ? "" : detail));
    }
    ends(NODES, "");
  }

  private static PodState probeOn(int number, String node, String phase) {
    return new PodState(
        new PodRef("demo", "wq-scout-way-" + number, "uid-" + number),
        "",
        phase,
        "",
        "",
        node,
        "",
        false,
        null,
        List.of());
  }

  @Test
  void whatIsMadeForOneCheckIsNotTakenForTheProof() {
    told.job(8, 2);
    for (int i = 0; i < 8; i++) {
      told.worksOff("proof-" + i, Item.of(i, "item-" + i));
    }
    told.jobCompletes().finalState();
    eightAreDone();
    told.after(6).jobDeleted();
    ends(WAITS, "the Job is gone");
    assertThat(answer("job.completes").outcome()).isEqualTo(HOLDS);
    fails(WAITS, FindingCode.VANISHED);
  }

  private void eightAreDone() {
    begins(WAITS);
    List<String> items = IntStream.range(0, 8).mapToObj(each -> "item-" + each).toList();
    probe(Try.FILL, Outcome.OK, String.join(",", items));
    told.named("job-wq-1").add(Source.API, JOB).job(9, 2);
    for (int i = 0; i < 8; i++) {
      told.worksOff("pod-" + i, Item.of(i, items.get(i)));
    }
  }

  private void waits(int seconds) {
    eightAreDone();
    told.after(seconds - 1);
    probe(Try.FILL, Outcome.OK, "nectarine");
  }

  private void twoWork() {
    begins(REPLACES);
    probe(Try.FILL, Outcome.OK, "orange,plum");
    told.named("job-wq-1").add(Source.API, JOB).job(2, 2);
    told.starts("pod-0").starts("pod-1").jobStatus().after(3);
  }

  private HistoryBuilder deletesTheFirst() {
    told.add(Source.API, new ObjectDeleted("Pod", "pod-0", "uid", 200, ""));
    return told.deletes("pod-0").after(1);
  }

  private void replaces(Outcome drained, String left) {
    told.works("pod-1", Item.of(1, "plum")).succeeds("pod-1");
    told.worksOff("pod-2", Item.of(0, "orange"));
    told.jobCompletes();
    probe(Try.DRAIN, drained, left).ends(REPLACES, "");
  }

  private void survives(String left, int restarts) {
    survives(Outcome.OK, left, restarts);
  }

  private void survives(Outcome drained, String left, int restarts) {
    begins(SURVIVES);
    probe(Try.FILL, Outcome.OK, "quince");
    probe(Try.RUN_COMMAND, Outcome.REFUSED, "kill 1: the stream ended");
    told.add(
        Source.PODS,
        new ContainerState(
            new PodRef("demo", "rabbitmq-0", "uid-broker"),
            "rabbitmq",
            Running.RUNNING,
            "",
            "",
            null,
            null,
            null,
            restarts,
            null));
    probe(Try.DRAIN, drained, left).ends(SURVIVES, "");
  }

  private TrialChecksTest begins(String check) {
    told.add(Source.HARNESS, new TrialBegan(check));
    return this;
  }

  private void ends(String check, String inVain) {
    told.add(Source.HARNESS, new TrialEnded(check, inVain));
  }

  private TrialChecksTest probe(Try tried, Outcome outcome, String detail) {
    told.add(Source.PROBES, new Probe(tried, "job1", "wq-scout", outcome, detail));
    return this;
  }

  private void fails(String check, FindingCode code) {
    CheckAnswer answer = answer(check);
    assertThat(answer.outcome()).as(answer.said()).isEqualTo(FAILS);
    assertThat(answer.code()).contains(code);
  }

  private CheckAnswer answer(String check) {
    return ClusterChecks.answer(check, told.history());
  }
}
