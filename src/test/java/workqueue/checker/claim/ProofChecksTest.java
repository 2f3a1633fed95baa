package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.claim.CheckAnswer.Outcome.FAILS;
import static workqueue.checker.claim.CheckAnswer.Outcome.HOLDS;
import static workqueue.checker.claim.CheckAnswer.Outcome.NOT_RUN;
import static workqueue.checker.claim.CheckAnswer.Outcome.UNKNOWN;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import workqueue.Items;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.ApiEvent.CleanedUp;
import workqueue.history.ApiEvent.DryRunAnswered;
import workqueue.history.ApiEvent.GuestArrived;
import workqueue.history.ApiEvent.InventoryTaken;
import workqueue.history.ApiEvent.ObjectMade;
import workqueue.history.ApiEvent.ObjectsRead;
import workqueue.history.ApiEvent.ProofStopped;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.EndpointsState;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.ClusterEvent.PodGone;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.Event;
import workqueue.history.HarnessEvent.FinalStateTaken;
import workqueue.history.HarnessEvent.Gap;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.PodRef;
import workqueue.history.Recorded;
import workqueue.history.Source;
import workqueue.history.WorkerEvent.LogComplete;
import workqueue.history.WorkerEvent.LogLine;

/** What each check that is proved makes of records of a proof, sound and otherwise. */
public class ProofChecksTest {
  private static final String IP = "10.43.0.7";
  private static final String POD_IP = "10.42.0.9";
  private static final PodRef BROKER = new PodRef("demo", "rabbitmq-0", "uid-broker");
  private static final PodRef SCOUT = new PodRef("demo", "wq-scout-fill", "uid-scout");
  private static final List<String> CHECKS =
      List.of(
          "nodes.capable",
          "images.pullable",
          "images.platform",
          "network.cluster-ip",
          "network.endpoints",
          "network.dns",
          "network.dns-steady",
          "network.environment",
          "network.to-pod",
          "network.to-service",
          "network.big-item",
          "broker.starts",
          "broker.answers",
          "broker.round-trip",
          "job.controller-acts",
          "job.completes",
          "job.parallelism-kept",
          "job.each-item-once",
          "job.finished-pods-kept",
          "job.events",
          "speed.pod",
          "access.streams",
          "access.logs",
          "cleanup.footprint");

  private final List<Event> before = new ArrayList<>();
  private final List<Event> after = new ArrayList<>();
  private final Map<Event, Integer> later = new LinkedHashMap<>();
  private Predicate<Event> kept = event -> true;

  ProofChecksTest() {
    before.add(new GuestArrived("quick", "prod", "demo", 11, 4, null));
    before.add(new InventoryTaken("before", Map.of("Pod theirs uid-9", "d1")));
    before.add(
        new ObjectMade(
            "Service", "rabbitmq-service", "u1", 201, "", Map.of("spec", Map.of("clusterIP", IP))));
    before.add(new ObjectMade("StatefulSet", "rabbitmq", "u2", 201, "", Map.of()));
    before.add(pod(BROKER, "Running", "node-1", true));
    before.add(container(BROKER, Running.RUNNING, "", ""));
    before.add(new EndpointsState("demo", "rabbitmq-service", true, List.of(POD_IP), List.of()));
    before.add(container(SCOUT, Running.TERMINATED, "Completed", ""));
    before.add(probe(Try.LOOK_UP, "rabbitmq-service", Outcome.OK, IP));
    before.add(probe(Try.LOOK_UP, "rabbitmq-service.demo.svc.here", Outcome.OK, IP));
    before.add(probe(Try.ENVIRONMENT, "RABBITMQ_SERVICE_SERVICE_HOST", Outcome.OK, IP));
    before.add(probe(Try.CONNECT, POD_IP, Outcome.OK, "after 12 s"));
    before.add(probe(Try.CONNECT, IP, Outcome.OK, ""));
    before.add(probe(Try.LOG_IN, "rabbitmq-service", Outcome.OK, "after 17 s"));
    before.add(probe(Try.ROUND_TRIP, "foo", Outcome.OK, "5 bytes"));
    before.add(probe(Try.LARGE_ITEM, "foo", Outcome.OK, "1048576 bytes"));
    before.add(
        probe(Try.FILL, "job1", Outcome.OK, "apple,banana,cherry,date,fig,grape,lemon,melon"));
    before.add(probe(Try.LOOK_UP_OFTEN, "rabbitmq-service", Outcome.OK, "200 look-ups"));
    after.add(probe(Try.DRAIN, "job1", Outcome.OK, ""));
    after.add(events(8));
    after.add(probe(Try.RUN_COMMAND, "rabbitmq-0", Outcome.OK, "true: exit code 0"));
    after.add(probe(Try.FORWARD_PORT, "rabbitmq-0", Outcome.OK, "port 5672 answers"));
    after.add(new LogComplete(SCOUT, "c", 0, 9));
    after.add(new FinalStateTaken("all"));
    after.add(new CleanedUp(List.of(), 4_000));
    after.add(new InventoryTaken("after", Map.of("Pod theirs uid-9", "d1")));
  }

  @Test
  void aSoundProofPassesAllAsSeen() {
    for (String check : CHECKS) {
      CheckAnswer answer = answer(check);
      assertThat(answer.outcome()).as(check + ": " + answer.said()).isEqualTo(HOLDS);
      assertThat(answer.inferred()).as(check).isFalse();
    }
  }

  @Test
  void ofNothingNothingIsKnown() {
    kept = GuestArrived.class::isInstance;
    for (String check : CHECKS) {
      assertThat(answer(check).outcome()).as(check).isIn(UNKNOWN, NOT_RUN);
    }
  }

  @Test
  void whatStopsAProofIsNamedByAll() {
    kept = event -> event instanceof GuestArrived || event instanceof ProofStopped;
    before.add(new ProofStopped("namespace.quota-room"));
    for (String check : CHECKS) {
      assertThat(answer(check).outcome()).as(check).isEqualTo(NOT_RUN);
      assertThat(answer(check).said()).as(check).isEqualTo("blocked by namespace.quota-room");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "broker-pod, admission.pods",
        "worker-pod, admission.pods",
      })
  void whatWasInferredIsSeenOnceTheJobHasCompleted(String partAndCheck) {
    String part = partAndCheck.split(", ", -1)[0];
    before.add(dryRun("broker-pod", 201, ""));
    before.add(dryRun("worker-pod", 201, ""));
    assertThat(answer("admission.pods").inferred()).isFalse();
    before.removeIf(each -> each instanceof DryRunAnswered run && run.part().equals(part));
    before.add(dryRun(part, 403, "denied by somebody"));
    assertThat(answer("admission.pods").outcome()).isEqualTo(HOLDS);
    assertThat(answer("admission.pods").said())
        .startsWith("the Job completed, although a dry run spoke against it: ");
    kept = event -> !(event instanceof JobState);
    assertThat(answer("admission.pods").outcome()).isEqualTo(FAILS);
  }

  @Test
  void anImageThatCannotBePulledIsTold() {
    kept = event -> !(event instanceof ContainerState state) || !state.pod().equals(SCOUT);
    before.add(container(BROKER, Running.WAITING, "ImagePullBackOff", "no such host"));
    fails("images.pullable", FindingCode.IMAGE_NOT_PULLABLE);
    assertThat(answer("images.pullable").said())
        .isEqualTo("pod rabbitmq-0: ImagePullBackOff: no such host");
    before.add(container(BROKER, Running.RUNNING, "", ""));
    assertThat(answer("images.pullable").outcome()).isEqualTo(HOLDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exec /usr/bin/python3: exec format error", "exec format error"})
  void anImageOfAnotherPlatformIsTold(String said) {
    before.add(container(SCOUT, Running.TERMINATED, "Error", said));
    fails("images.platform", FindingCode.IMAGE_WRONG_PLATFORM);
    assertThat(answer("images.platform").said()).isEqualTo("pod wq-scout-fill: " + said);
    kept = event -> !(event instanceof Probe);
    assertThat(answer("network.dns").said()).isEqualTo("blocked by images.platform");
  }

  @Test
  void aProgramThatIsMissingIsNoMatterOfThePlatform() {
    before.add(container(SCOUT, Running.TERMINATED, "Error", "exec: \"python3\": file not found"));
    assertThat(answer("images.platform").code()).isNotEqualTo(FindingCode.IMAGE_WRONG_PLATFORM);
    assertThat(answer("images.platform").outcome()).isNotEqualTo(FAILS);
  }

  private void makeServiceWithoutAddress() {
    before.add(
        new ObjectMade(
            "Service",
            "rabbitmq-service",
            "u1",
            201,
            "",
            Map.of("spec", Map.of("clusterIP", "None"))));
  }

  @Test
  void aServiceWithoutAnAddressIsTold() {
    makeServiceWithoutAddress();
    fails("network.cluster-ip", FindingCode.NO_CLUSTER_IP);
  }

  @Test
  void aServiceThatLeadsNowhereIsTold() {
    before.add(new EndpointsState("demo", "rabbitmq-service", true, List.of(), List.of()));
    fails("network.endpoints", FindingCode.SERVICE_WITHOUT_ENDPOINTS);
  }

  @Test
  void aServiceThatLeadsElsewhereAsWellIsTold() {
    leadsTo(POD_IP, "192.0.2.10", "192.0.2.11");
    replace(IP, Outcome.NO_ANSWER, "timed out");
    fails("network.endpoints", FindingCode.SERVICE_NOT_ROUTED);
    assertThat(answer("network.endpoints").said())
        .isEqualTo(
            "Service rabbitmq-service leads to 192.0.2.10, 192.0.2.11, where the broker's pod is not");
    assertThat(answer("network.endpoints").remedy())
        .isEqualTo(
            "kubectl get endpointslices -n demo -l kubernetes.io/service-name=rabbitmq-service");
    replace("foo", Outcome.NO_ANSWER, "0 of 1048576 bytes came back");
    for (String each :
        List.of("network.to-service", "network.big-item", "broker.answers", "broker.round-trip")) {
      assertThat(answer(each).said()).as(each).isEqualTo("blocked by network.endpoints");
    }
  }

  @Test
  void anAddressOfTheOtherFamilyIsTheBrokersAsWell() {
    leadsTo(POD_IP, "fd00:10:42::7");
    assertThat(answer("network.endpoints").outcome()).isEqualTo(HOLDS);
  }

  private void leadsTo(String... ready) {
    before.add(new EndpointsState("demo", "rabbitmq-service", true, List.of(ready), List.of()));
  }

  @ParameterizedTest
  @CsvSource({"NOT_FOUND, Name or service not known", "OK, 10.43.0.99"})
  void aNameThatIsNotTheServiceIsTold(Outcome outcome, String detail) {
    replace(Try.LOOK_UP, outcome, detail);
    fails("network.dns", FindingCode.SERVICE_NOT_RESOLVED);
  }

  @Test
  void aNameOfBothFamiliesIsTheService() {
    replace(Try.LOOK_UP, Outcome.OK, "fd00::7," + IP);
    assertThat(answer("network.dns").outcome()).isEqualTo(HOLDS);
  }

  @Test
  void aNameThatIsResolvedNowAndThenIsTold() {
    replace(Try.LOOK_UP_OFTEN, Outcome.NO_ANSWER, "3 of 200 look-ups failed");
    fails("network.dns-steady", FindingCode.DNS_FLAKY);
  }

  @Test
  void aVariableThatIsMissingIsTold() {
    replace(Try.ENVIRONMENT, Outcome.NOT_FOUND, "");
    fails("network.environment", FindingCode.SERVICE_LINKS_ABSENT);
    assertThat(answer("network.environment").said())
        .isEqualTo("RABBITMQ_SERVICE_SERVICE_HOST is not set, and not " + IP);
  }

  @Test
  void trafficThatIsDroppedIsBlockedAndTheServiceIsNotBlamed() {
    replace(POD_IP, Outcome.NO_ANSWER, "timed out");
    replace(IP, Outcome.NO_ANSWER, "timed out");
    fails("network.to-pod", FindingCode.TRAFFIC_BLOCKED);
    assertThat(answer("network.to-service").said()).isEqualTo("blocked by network.to-pod");
  }

  @Test
  void aBrokerThatDoesNotListenIsToldAndTheWayToItIsNotBlamed() {
    replace(POD_IP, Outcome.REFUSED, "refused");
    kept = event -> !(event instanceof Probe probe) || probe.tried() != Try.LOG_IN;
    fails("broker.answers", FindingCode.BROKER_UNREACHABLE);
    assertThat(answer("broker.answers").said())
        .isEqualTo(
            POD_IP
                + ":5672 refuses connections: the broker does not listen there, or something on the"
                + " way refuses for it");
    assertThat(answer("network.to-pod").said()).isEqualTo("blocked by broker.answers");
    assertThat(answer("network.to-service").said()).isEqualTo("blocked by network.to-pod");
  }

  @Test
  void aRefusalWherePoliciesLetNothingThroughIsTheirs() {
    replace(POD_IP, Outcome.REFUSED, "refused");
    kept = event -> !(event instanceof Probe probe) || probe.tried() != Try.LOG_IN;
    before.add(
        new ObjectsRead(
            "NetworkPolicy",
            "",
            200,
            "",
            List.of(
                Map.of(
                    "name",
                    "deny",
                    "spec",
                    Map.of("podSelector", Map.of(), "policyTypes", List.of("Ingress"))))));
    fails("network.to-pod", FindingCode.TRAFFIC_BLOCKED);
    assertThat(answer("network.to-pod").said())
        .isEqualTo(
            POD_IP
                + ":5672 refuses, and NetworkPolicy deny selects the pods of the broker, and"
                + " nothing lets port 5672 in");
    assertThat(answer("broker.answers").said()).isEqualTo("blocked by network.to-pod");
  }

  @Test
  void whereTheNameIsNotResolvedThatItIsNotSteadilyIsNoNews() {
    replace(Try.LOOK_UP, Outcome.NOT_FOUND, "Name or service not known");
    replace(Try.LOOK_UP_OFTEN, Outcome.NOT_FOUND, "200 look-ups, 200 failed");
    assertThat(answer("network.dns-steady").said()).isEqualTo("blocked by network.dns");
  }

  @ParameterizedTest
  @ValueSource(strings = {"network.dns", "network.environment", "network.to-service"})
  void whereThereIsNoAddressNothingIsHeldAgainstIt(String check) {
    makeServiceWithoutAddress();
    assertThat(answer(check).said()).isEqualTo("blocked by network.cluster-ip");
  }

  @Test
  void aServiceThatLeadsNowhereIsNotBlamedForItsRoute() {
    before.add(new EndpointsState("demo", "rabbitmq-service", true, List.of(), List.of()));
    replace(IP, Outcome.REFUSED, "refused");
    assertThat(answer("network.to-service").said()).isEqualTo("blocked by network.endpoints");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO_ANSWER", "REFUSED"})
  void aServiceThatLeadsNowhereWhereItsPodAnswersIsNotRouted(Outcome outcome) {
    replace(IP, outcome, "nothing");
    fails("network.to-service", FindingCode.SERVICE_NOT_ROUTED);
    assertThat(answer("network.to-pod").outcome()).isEqualTo(HOLDS);
  }

  @Test
  void aBrokerThatNoNodeTakesIsTold() {
    before.add(pod(BROKER, "Pending", "", false));
    fails("nodes.capable", FindingCode.UNSCHEDULABLE);
    fails("broker.starts", FindingCode.UNSCHEDULABLE);
  }

  @Test
  void aBrokerThatCrashesIsTold() {
    before.add(pod(BROKER, "Running", "node-1", false));
    before.add(container(BROKER, Running.WAITING, "CrashLoopBackOff", ""));
    fails("broker.starts", FindingCode.CRASH_LOOP);
    assertThat(answer("broker.starts").said())
        .isEqualTo("pod rabbitmq-0 is Running, CrashLoopBackOff");
  }

  @Test
  void aBrokerThatTakesTheVariableOfAServiceForItsOwnIsTold() {
    before.add(pod(BROKER, "Running", "node-1", false));
    before.add(container(BROKER, Running.WAITING, "CrashLoopBackOff", ""));
    prints("BOOT FAILED");
    prints("Invalid value for $RABBITMQ_NODE_PORT: \"tcp://10.43.201.233:4369\"");
    assertThat(answer("broker.starts").said())
        .isEqualTo(
            """
            pod rabbitmq-0 is Running, CrashLoopBackOff; it prints: Invalid value for \
            $RABBITMQ_NODE_PORT: "tcp://10.43.201.233:4369"; a variable …_PORT=tcp://… is one that \
            Kubernetes sets for a Service, unless the pod has enableServiceLinks: false""");
  }

  private void prints(String line) {
    before.add(new LogLine(BROKER, "c", 0, false, 1, line, false, null));
  }

  @Test
  void aBrokerThatIsReadyBetweenItsEndsIsTold() {
    before.add(new ContainerState(BROKER, "c", Running.RUNNING, "", "", null, null, null, 3, null));
    assertThat(answer("broker.starts").outcome()).isEqualTo(HOLDS);
    kept = event -> !(event instanceof Probe);
    fails("broker.starts", FindingCode.CRASH_LOOP);
    assertThat(answer("broker.starts").said()).isEqualTo("pod rabbitmq-0 is Running, 3 restarts");
    assertThat(answer("broker.starts").remedy())
        .isEqualTo("kubectl logs -n demo rabbitmq-0 --previous");
    before.add(new EndpointsState("demo", "rabbitmq-service", true, List.of(), List.of()));
    assertThat(answer("network.endpoints").said()).isEqualTo("blocked by broker.starts");
    assertThat(answer("network.dns").said()).isEqualTo("blocked by broker.starts");
    assertThat(answer("broker.answers").said()).isEqualTo("blocked by broker.starts");
  }

  @Test
  void aBrokerWhosePodNobodyMakesIsTold() {
    kept = event -> !(event instanceof PodState);
    fails("broker.starts", FindingCode.CONTROLLER_INACTIVE);
  }

  @Test
  void aBrokerThatTakesNoLoginIsTold() {
    replace(Try.LOG_IN, Outcome.NO_ANSWER, "opening socket: Connection refused");
    fails("broker.answers", FindingCode.BROKER_UNREACHABLE);
  }

  @Test
  void aBrokerThatRefusesTheLoginAnswers() {
    replace(Try.LOG_IN, Outcome.DENIED, "ACCESS_REFUSED");
    assertThat(answer("broker.answers").outcome()).isEqualTo(HOLDS);
    fails("broker.round-trip", FindingCode.BROKER_REFUSED_LOGIN);
  }

  @Test
  void anImageThatIsNoWorkerIsUnknown() {
    replace(Try.LOG_IN, Outcome.NOT_TRIED, "amqp-declare-queue is not in the image");
    CheckAnswer answer = answer("broker.answers");
    assertThat(answer.outcome()).isEqualTo(UNKNOWN);
    assertThat(answer.said())
        .isEqualTo(
            "the image of wq.worker.image is no worker of the documentation: amqp-declare-queue is"
                + " not in the image");
    assertThat(answer.remedy())
        .isEqualTo("wq.worker.image=<an image that is built from fixtures/worker>");
  }

  @Test
  void anItemOfAMebibyteThatDoesNotPassIsTold() {
    replace(Try.LARGE_ITEM, Outcome.NO_ANSWER, "0 of 1048576 bytes came back");
    fails("network.big-item", FindingCode.TRAFFIC_STALLED);
  }

  @Test
  void aJobThatNobodyTakesUpIsTold() {
    JobState seen =
        HistoryBuilder.soundRun(Items.ofTutorial()).history().all(JobState.class).get(0).event();
    JobState untouched =
        new JobState(
            seen.job(),
            seen.spec(),
            1,
            seen.createdAt(),
            null,
            0,
            0,
            0,
            null,
            null,
            List.of(),
            null);
    kept = event -> !(event instanceof JobState) || event == untouched;
    before.add(untouched);
    fails("job.controller-acts", FindingCode.CONTROLLER_INACTIVE);
    assertThat(answer("job.completes").said()).isEqualTo("blocked by job.controller-acts");
    assertThat(answer("job.each-item-once").said()).isEqualTo("blocked by job.controller-acts");
  }

  @Test
  void whatIsLeftOfAJobThatDoesNotCompleteIsNotMissed() {
    kept = event -> !(event instanceof JobState state) || !state.complete();
    replace(Try.DRAIN, Outcome.OK, "melon");
    assertThat(answer("job.completes").outcome()).isEqualTo(FAILS);
    assertThat(answer("job.each-item-once").said()).isEqualTo("blocked by job.completes");
  }

  @Test
  void itemsThatAreLeftLostOrProcessedTwiceAreTold() {
    replace(Try.DRAIN, Outcome.OK, "melon");
    fails("job.each-item-once", FindingCode.DUPLICATED_ITEMS);
    kept = event -> !(event instanceof LogLine line) || !line.text().contains("melon");
    fails("job.each-item-once", FindingCode.LEFTOVER_ITEMS);
    replace(Try.DRAIN, Outcome.OK, "");
    fails("job.each-item-once", FindingCode.LOST_ITEMS);
    assertThat(answer("job.each-item-once").said()).isEqualTo("nobody processed melon");
    kept = event -> true;
    after.add(
        0, LogLine.of(new PodRef("demo", "pod-9", "uid-9"), "c", 0, 1, "Processing fig", null));
    fails("job.each-item-once", FindingCode.DUPLICATED_ITEMS);
  }

  @Test
  void itemsThatNoLogNamesAreUnknown() {
    kept = event -> !(event instanceof LogLine);
    assertThat(answer("job.each-item-once").outcome()).isEqualTo(UNKNOWN);
  }

  @Test
  void podsThatAreCollectedAreTold() {
    after.add(0, new PodGone(new PodRef("demo", "pod-3", "uid-3")));
    fails("job.finished-pods-kept", FindingCode.PODS_COLLECTED);
    after.remove(0);
    after.add(new PodGone(new PodRef("demo", "pod-3", "uid-3")));
    assertThat(answer("job.finished-pods-kept").outcome()).isEqualTo(HOLDS);
  }

  @Test
  void whatPodsDidThatAreCollectedIsNotMissed() {
    after.add(0, new PodGone(new PodRef("demo", "pod-3", "uid-3")));
    kept = event -> !(event instanceof LogLine line) || !line.text().contains("melon");
    assertThat(answer("job.each-item-once").said()).isEqualTo("blocked by job.finished-pods-kept");
    replace(Try.DRAIN, Outcome.OK, "melon");
    fails("job.each-item-once", FindingCode.LEFTOVER_ITEMS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RUN_COMMAND", "FORWARD_PORT"})
  void podsThatCannotBeEnteredAreTold(Try way) {
    replace(way, Outcome.REFUSED, "nobody enters here");
    fails("access.streams", FindingCode.STREAM_REFUSED);
    assertThat(answer("access.streams").said()).isEqualTo("nobody enters here");
  }

  @Test
  void podsThatMayNotBeEnteredAreUnknownAndTheRightIsNamed() {
    replace(Try.FORWARD_PORT, Outcome.NOT_TRIED, "may not create pods/portforward");
    assertThat(answer("access.streams").outcome()).isEqualTo(UNKNOWN);
    assertThat(answer("access.streams").missing()).containsExactly("create pods/portforward");
  }

  @Test
  void whereLogsCannotBeReadPodsThatCannotBeEnteredAreNoNews() {
    kept = event -> !(event instanceof LogComplete);
    after.add(
        new Gap(Source.LOGS, HistoryBuilder.START, HistoryBuilder.START, "it cannot be read: 502"));
    replace(Try.RUN_COMMAND, Outcome.REFUSED, "502");
    assertThat(answer("access.streams").said()).isEqualTo("blocked by access.logs");
  }

  @Test
  void podsThatNoEventTellsOfAreTold() {
    after.removeIf(ObjectsRead.class::isInstance);
    after.add(events(6));
    fails("job.events", FindingCode.EVENTS_ABSENT);
    assertThat(answer("job.events").said()).isEqualTo("2 of 8 pods are told of by no event");
  }

  @Test
  void eventsOfAJobOfTheSameNameBeforeAreNotTakenForThisOnes() {
    after.removeIf(ObjectsRead.class::isInstance);
    after.add(events(8, "uid-of-another"));
    assertThat(answer("job.events").said()).isEqualTo("8 of 8 pods are told of by no event");
  }

  @Test
  void eventsThatMayNotBeListedAreUnknownAndTheRightIsNamed() {
    after.removeIf(ObjectsRead.class::isInstance);
    after.add(new ObjectsRead("Event", "job-wq-1", null, "may not list events", List.of()));
    assertThat(answer("job.events").outcome()).isEqualTo(UNKNOWN);
    assertThat(answer("job.events").missing()).containsExactly("list events");
  }

  private static ObjectsRead events(int pods) {
    return events(pods, jobUid());
  }

  /** An event for each of the first pods of the Job. */
  private static ObjectsRead events(int pods, String about) {
    List<Map<String, Object>> events = new ArrayList<>();
    HistoryBuilder.soundRun(Items.ofTutorial()).history().all(PodState.class).stream()
        .filter(each -> !each.event().jobUid().isEmpty())
        .map(each -> each.event().pod().name())
        .distinct()
        .limit(pods)
        .forEach(
            pod ->
                events.add(
                    Map.of(
                        "about",
                        about,
                        "reason",
                        "SuccessfulCreate",
                        "message",
                        "Created pod: " + pod)));
    return new ObjectsRead("Event", "job-wq-1", 200, "", events);
  }

  private static String jobUid() {
    return HistoryBuilder.soundRun(Items.ofTutorial())
        .history()
        .all(JobState.class)
        .get(0)
        .event()
        .job()
        .uid();
  }

  @Test
  void howSoonPodsRunIsTold() {
    assertThat(answer("speed.pod").said())
        .isEqualTo("0.0 s from creation to start in the median of 8 pods, 0.0 s at most");
    for (int i = 0; i < 9; i++) {
      starts("late-" + i, 6);
    }
    fails("speed.pod", FindingCode.SLOW_START);
    assertThat(answer("speed.pod").said())
        .isEqualTo("6.0 s from creation to start in the median of 17 pods, 6.0 s at most");
  }

  @Test
  void podsThatWereOutOfSightAreNotTimed() {
    starts("late", 6);
    Instant start = HistoryBuilder.START;
    after.add(new Gap(Source.PODS, start, start.plusSeconds(3_600), "the watch was cut"));
    assertThat(answer("speed.pod").outcome()).isEqualTo(UNKNOWN);
  }

  @Test
  void aWorkerThatWasOnlySeenToEndBeganSoMuchEarlier() {
    PodRef pod = new PodRef("demo", "brief", "uid-brief");
    Instant began = HistoryBuilder.START;
    kept = event -> !(event instanceof PodState state) || !state.jobUid().equals("job-1");
    before.add(new PodState(pod, "job-2", "Pending", "", "", "n", "", false, null, List.of()));
    later.put(
        new ContainerState(
            pod, "c", Running.TERMINATED, "Completed", "", 0, began, began.plusSeconds(2), 0, null),
        8);
    assertThat(answer("speed.pod").said())
        .isEqualTo("6.0 s from creation to start in the median of 1 pod, 6.0 s at most");
  }

  /** A pod whose worker is seen to run so many seconds after it was first seen. */
  private void starts(String name, int seconds) {
    PodRef pod = new PodRef("demo", name, "uid-" + name);
    before.add(new PodState(pod, "job-1", "Pending", "", "", "n", "", false, null, List.of()));
    later.put(container(pod, Running.RUNNING, "", ""), seconds);
  }

  @Test
  void logsThatCannotBeReadAreTold() {
    kept = event -> !(event instanceof LogComplete);
    after.add(
        new Gap(
            Source.LOGS,
            HistoryBuilder.START,
            HistoryBuilder.START,
            "the log cannot be read: 403"));
    fails("access.logs", FindingCode.LOGS_UNREADABLE);
    assertThat(answer("job.each-item-once").said()).isEqualTo("blocked by access.logs");
  }

  @Test
  void whatCannotBeRemovedIsTold() {
    after.add(new CleanedUp(List.of("Service rabbitmq-service"), 60_000));
    fails("cleanup.footprint", FindingCode.FOOTPRINT_LEFT);
    assertThat(answer("cleanup.footprint").said())
        .isEqualTo("still there after 60 s: Service rabbitmq-service");
  }

  @Test
  void whatOthersDoMeanwhileIsToldAndBlamesNobody() {
    after.add(new InventoryTaken("after", Map.of("Pod theirs uid-9", "d2")));
    assertThat(answer("cleanup.footprint").said())
        .isEqualTo("all is gone after 4.0 s; meanwhile others changed Pod theirs uid-9");
    assertThat(answer("cleanup.footprint").outcome()).isEqualTo(HOLDS);
  }

  private void fails(String check, FindingCode code) {
    CheckAnswer answer = answer(check);
    assertThat(answer.outcome()).as(answer.said()).isEqualTo(FAILS);
    assertThat(answer.code()).contains(code);
  }

  private void replace(Try tried, Outcome outcome, String detail) {
    replace(each -> each.tried() == tried, outcome, detail);
  }

  private void replace(String target, Outcome outcome, String detail) {
    replace(each -> each.target().equals(target), outcome, detail);
  }

  private void replace(Predicate<Probe> which, Outcome outcome, String detail) {
    for (List<Event> events : List.of(before, after)) {
      events.replaceAll(
          each ->
              each instanceof Probe probe && which.test(probe)
                  ? new Probe(probe.tried(), probe.target(), probe.from(), outcome, detail)
                  : each);
    }
  }

  private CheckAnswer answer(String check) {
    History job = HistoryBuilder.soundRun(Items.ofTutorial()).history();
    List<Recorded<?>> events = new ArrayList<>();
    before.forEach(each -> add(events, Source.API, each, job.events().get(0)));
    later.forEach(
        (event, seconds) -> {
          Recorded<?> first = job.events().get(0);
          add(
              events,
              Source.PODS,
              event,
              new Recorded<>(first.seq(), first.at().plusSeconds(seconds), Source.PODS, event));
        });
    for (Recorded<?> each : job.events()) {
      add(events, each.source(), each.event(), each);
    }
    after.forEach(each -> add(events, Source.API, each, job.events().get(job.events().size() - 1)));
    return ClusterChecks.answer(check, new History(job.header(), events));
  }

  private void add(List<Recorded<?>> events, Source source, Event event, Recorded<?> when) {
    if (kept.test(event)) {
      events.add(new Recorded<>(events.size() + 1L, when.at(), source, event));
    }
  }

  private static Probe probe(Try tried, String target, Outcome outcome, String detail) {
    return new Probe(tried, target, "wq-scout-fill", outcome, detail);
  }

  private static PodState pod(PodRef ref, String phase, String node, boolean ready) {
    return new PodState(ref, "", phase, "", "", node, POD_IP, ready, null, List.of());
  }

  private static ContainerState container(
      PodRef pod, Running state, String reason, String message) {
    return new ContainerState(pod, "c", state, reason, message, null, null, null, 0, null);
  }

  private static DryRunAnswered dryRun(String part, int code, String message) {
    return new DryRunAnswered(
        part, "Pod", part, Map.of(), List.of(), code, "", message, List.of(), Map.of());
  }
}
