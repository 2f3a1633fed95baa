package workqueue.checker.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.diagnosis.Diagnosed.consequence;
import static workqueue.checker.diagnosis.Diagnosed.diagnose;
import static workqueue.checker.diagnosis.Diagnosed.none;
import static workqueue.checker.diagnosis.Diagnosed.onlyRoot;
import static workqueue.checker.diagnosis.FindingCode.BACKOFF_LIMIT_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.COMMAND_NOT_RUNNABLE;
import static workqueue.checker.diagnosis.FindingCode.CONFIGURATION_MISSING;
import static workqueue.checker.diagnosis.FindingCode.CONTAINER_STILL_RUNNING;
import static workqueue.checker.diagnosis.FindingCode.INIT_NOT_FINISHED;
import static workqueue.checker.diagnosis.FindingCode.NOT_CONSUMING;
import static workqueue.checker.diagnosis.FindingCode.NOT_EXITED;
import static workqueue.checker.diagnosis.FindingCode.OTHER_QUEUE;
import static workqueue.checker.diagnosis.FindingCode.RESOURCES_REQUIRED;
import static workqueue.checker.diagnosis.FindingCode.SANDBOX_NOT_CREATED;
import static workqueue.checker.diagnosis.FindingCode.SCHEDULER_INACTIVE;
import static workqueue.checker.diagnosis.FindingCode.STILL_WORKING;
import static workqueue.checker.diagnosis.FindingCode.VOLUME_NOT_MOUNTED;
import static workqueue.checker.diagnosis.FindingCode.WAITING_FOR_WORK;
import static workqueue.checker.diagnosis.FindingCode.WEBHOOK_UNAVAILABLE;
import static workqueue.checker.diagnosis.Situations.FRUIT;
import static workqueue.checker.diagnosis.Situations.begun;
import static workqueue.checker.diagnosis.Situations.waitingFor;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workqueue.checker.diagnosis.Outlook.Prospect;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.Kind;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.Condition;
import workqueue.history.HistoryBuilder;
import workqueue.history.JobRef;
import workqueue.history.Source;
import workqueue.history.Termination;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.ConsumerStarted;

/** Pods that are alive and get nowhere: which cause they have, and who has none. */
class StuckPodsTest {

  private static Prospect prospect(HistoryBuilder told) {
    return Outlook.of(told.history()).prospect();
  }

  private static String message(HistoryBuilder told, FindingCode code) {
    return diagnose(told).finding(code).orElseThrow().message();
  }

  // another container

  private static HistoryBuilder container(
      HistoryBuilder told, String pod, String name, Kind kind, Running state, Integer code) {
    return told.add(
        Source.PODS,
        new ContainerState(
            told.ref(pod),
            name,
            state,
            state == Running.TERMINATED ? "Completed" : "",
            "",
            code,
            told.now(),
            code == null ? null : told.now(),
            0,
            null,
            kind));
  }

  /** The worker has done its item and ended; the other container runs on for so long. */
  private static HistoryBuilder beside(Kind kind, double seconds) {
    HistoryBuilder told = begun().spec(spec -> spec.withWorker("c")).jobIs(0, 0).starts("pod-0");
    container(told, "pod-0", "agent", kind, Running.RUNNING, null).jobStatus();
    told.after(1).works("pod-0", FRUIT.get(0)).exits("pod-0", 0, "Completed");
    return told.after(seconds).depth(7, 0, 0);
  }

  @Test
  void aContainerThatRunsOnKeepsThePodFromEnding() {
    HistoryBuilder told = beside(Kind.ORDINARY, 11);
    onlyRoot(told, CONTAINER_STILL_RUNNING);
    assertThat(message(told, CONTAINER_STILL_RUNNING))
        .isEqualTo(
            "container agent of 1 pod of Job demo/job-wq-1 runs on although the worker has ended"
                + " with exit code 0");
    assertThat(diagnose(told).finding(CONTAINER_STILL_RUNNING).orElseThrow().remedy())
        .isEqualTo("kubectl logs pod-0 -n demo -c agent");
    assertThat(prospect(told)).isEqualTo(Prospect.HOPELESS);
  }

  @Test
  void aSidecarThatTheKubeletEndsKeepsNobody() {
    none(beside(Kind.SIDECAR, 11), CONTAINER_STILL_RUNNING);
  }

  @Test
  void aContainerThatEndsSoonAfterKeepsNobody() {
    none(beside(Kind.ORDINARY, 5), CONTAINER_STILL_RUNNING);
    HistoryBuilder told = beside(Kind.ORDINARY, 5);
    container(told, "pod-0", "agent", Kind.ORDINARY, Running.TERMINATED, 0).after(9).depth(7, 0, 0);
    none(told, CONTAINER_STILL_RUNNING);
  }

  // an init container

  @Test
  void anInitContainerThatDoesNotEnd() {
    HistoryBuilder told = begun().spec(spec -> spec.withWorker("c")).jobIs(0, 0).pending("pod-0");
    container(told, "pod-0", "wait", Kind.INIT, Running.RUNNING, null);
    told.waits("pod-0", "PodInitializing", "").jobStatus().after(5).depth(8, 0, 0);
    none(told, INIT_NOT_FINISHED);
    told.after(6).depth(8, 0, 0);
    onlyRoot(told, INIT_NOT_FINISHED);
    assertThat(message(told, INIT_NOT_FINISHED))
        .isEqualTo("init container wait of 1 pod of Job demo/job-wq-1 has not ended");
    assertThat(prospect(told)).isEqualTo(Prospect.HOPELESS);
    container(told, "pod-0", "wait", Kind.INIT, Running.TERMINATED, 0);
    none(told.starts("pod-0"), INIT_NOT_FINISHED);
  }

  @Test
  void anInitContainerThatFails() {
    HistoryBuilder told = begun().spec(spec -> spec.withWorker("c")).jobIs(0, 0).pending("pod-0");
    Termination end = new Termination(3, "Error", "", told.now(), told.now());
    told.add(
        Source.PODS,
        new ContainerState(
            told.ref("pod-0"),
            "wait",
            Running.WAITING,
            "CrashLoopBackOff",
            "back-off",
            null,
            null,
            null,
            1,
            end,
            Kind.INIT));
    told.jobStatus();
    onlyRoot(told, INIT_NOT_FINISHED);
    assertThat(message(told, INIT_NOT_FINISHED))
        .isEqualTo("init container wait of 1 pod of Job demo/job-wq-1 fails with exit code 3");
  }

  @Test
  void aJobThatGaveUpOnAnInitContainerDidSoBecauseOfIt() {
    HistoryBuilder told = begun().spec(spec -> spec.withWorker("c")).jobIs(0, 0).pending("pod-0");
    container(told, "pod-0", "wait", Kind.INIT, Running.TERMINATED, 3);
    told.deletes("pod-0").gone("pod-0").jobFails("BackoffLimitExceeded").ends(8, 0, 0);
    onlyRoot(told, INIT_NOT_FINISHED);
    consequence(told, BACKOFF_LIMIT_EXCEEDED, INIT_NOT_FINISHED);
    HistoryBuilder killed = begun().spec(spec -> spec.withWorker("c")).jobIs(0, 0).pending("pod-0");
    container(killed, "pod-0", "wait", Kind.INIT, Running.RUNNING, null).deletes("pod-0");
    container(killed, "pod-0", "wait", Kind.INIT, Running.TERMINATED, 137).gone("pod-0");
    none(killed.jobFails("BackoffLimitExceeded").ends(8, 0, 0), INIT_NOT_FINISHED);
  }

  // what the containers want

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          secret "login" not found | Secret login | kubectl get secret login -n demo -o yaml
          configmap "set" not found | ConfigMap set | kubectl get configmap set -n demo -o yaml
          couldn't find key url in Secret demo/login | key url of Secret login | kubectl get secret login -n demo -o yaml
          couldn't find key a.b in ConfigMap demo/set | key a.b of ConfigMap set | kubectl get configmap set -n demo -o yaml
          """)
  void aSecretOrConfigMapIsMissing(String said, String named, String remedy) {
    HistoryBuilder told = waitingFor("CreateContainerConfigError", said);
    onlyRoot(told, CONFIGURATION_MISSING);
    assertThat(message(told, CONFIGURATION_MISSING))
        .isEqualTo("1 pod of Job demo/job-wq-1 cannot start without " + named);
    assertThat(diagnose(told).finding(CONFIGURATION_MISSING).orElseThrow().remedy())
        .isEqualTo(remedy);
    assertThat(prospect(told)).isEqualTo(Prospect.OPEN);
    assertThat(prospect(told.after(11).depth(8, 0, 0))).isEqualTo(Prospect.HOPELESS);
    none(told.starts("pod-0"), CONFIGURATION_MISSING);
  }

  @Test
  void whatElseTheContainerLacksIsNoMissingConfiguration() {
    HistoryBuilder told =
        waitingFor(
            "CreateContainerConfigError", "container has runAsNonRoot and image will run as root");
    onlyRoot(told, COMMAND_NOT_RUNNABLE);
    assertThat(diagnose(told).finding(COMMAND_NOT_RUNNABLE).orElseThrow().remedy())
        .isEqualTo("kubectl describe pod pod-0 -n demo");
  }

  // before there is a container

  @Test
  void aVolumeOrTheSandboxIsMissing() {
    for (FindingCode code : List.of(VOLUME_NOT_MOUNTED, SANDBOX_NOT_CREATED)) {
      String reason = code == VOLUME_NOT_MOUNTED ? "FailedMount" : "FailedCreatePodSandBox";
      HistoryBuilder told = waitingFor("ContainerCreating", "");
      told.warning("Pod", "pod-0", reason, "it said why");
      onlyRoot(told, code);
      assertThat(message(told, code)).endsWith("1 pod of Job demo/job-wq-1 (it said why)");
      assertThat(prospect(told)).isEqualTo(Prospect.OPEN);
      assertThat(prospect(told.after(11).depth(8, 0, 0))).isEqualTo(Prospect.HOPELESS);
      none(told.starts("pod-0"), code);
      HistoryBuilder another = waitingFor("ContainerCreating", "");
      none(another.warning("Pod", "pod-9", reason, "it said why"), code);
    }
  }

  /** A pod that no node has. */
  private static HistoryBuilder unscheduled(HistoryBuilder told, Condition... conditions) {
    JobRef job = new JobRef("demo", "job-wq-1", "uid-of-job-wq-1");
    Instant never = null;
    return told.add(
        Source.PODS,
        new PodState(
            told.ref("pod-0"),
            job.uid(),
            "Pending",
            "",
            "",
            "",
            "",
            false,
            never,
            List.of(conditions)));
  }

  @Test
  void noSchedulerHasLooked() {
    HistoryBuilder told = unscheduled(begun().named("job-wq-1").job(8, 2)).after(5);
    none(told.depth(8, 0, 0), SCHEDULER_INACTIVE);
    told.after(6).depth(8, 0, 0);
    onlyRoot(told, SCHEDULER_INACTIVE);
    assertThat(message(told, SCHEDULER_INACTIVE))
        .isEqualTo("no scheduler has looked at 1 pod of Job demo/job-wq-1");
    HistoryBuilder looked =
        unscheduled(
            begun().named("job-wq-1").job(8, 2),
            Condition.of("PodScheduled", "False", "Unschedulable", "no node"));
    none(looked.after(11).depth(8, 0, 0), SCHEDULER_INACTIVE);
  }

  @Test
  void whatAQuotaDemandsIsNotAQuotaUsedUp() {
    HistoryBuilder told = begun();
    told.warning("Job", "job-wq-1", "FailedCreate", "failed quota: q: must specify limits.memory");
    onlyRoot(told, RESOURCES_REQUIRED);
    none(
        begun().warning("Job", "job-wq-1", "FailedCreate", "exceeded quota: q"),
        RESOURCES_REQUIRED);
    assertThat(prospect(told)).isEqualTo(Prospect.HOPELESS);
  }

  @Test
  void aWebhookThatIsAwayDeniesNothing() {
    HistoryBuilder told = begun();
    told.warning(
        "Job",
        "job-wq-1",
        "FailedCreate",
        "Internal error occurred: failed calling webhook \"a.b\": no endpoints available");
    onlyRoot(told, WEBHOOK_UNAVAILABLE);
    none(
        begun().warning("Job", "job-wq-1", "FailedCreate", "admission webhook \"a.b\" denied it"),
        WEBHOOK_UNAVAILABLE);
    assertThat(prospect(told)).isEqualTo(Prospect.OPEN);
    assertThat(prospect(told.after(11).depth(8, 0, 0))).isEqualTo(Prospect.HOPELESS);
  }

  // after the work

  private static HistoryBuilder acked(double seconds) {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), false).after(1).works("pod-0", FRUIT.get(0)).acks("pod-0");
    return told.after(seconds).depth(7, 0, 0);
  }

  @Test
  void aWorkerThatAckedAndRunsOn() {
    HistoryBuilder told = acked(11);
    onlyRoot(told, NOT_EXITED);
    assertThat(message(told, NOT_EXITED))
        .isEqualTo(
            "1 worker of Job demo/job-wq-1 acknowledged its item and did not exit within 11 s");
    assertThat(prospect(told)).isEqualTo(Prospect.HOPELESS);
    none(told.succeeds("pod-0"), NOT_EXITED);
    none(acked(5), NOT_EXITED);
    onlyRoot(acked(5), STILL_WORKING);
  }

  @Test
  void aWorkerWhoseNodeMayBeLostIsGivenTheTimeToFindThatOut() {
    HistoryBuilder told = begun().node("node-1", "True").node("node-2", "True");
    told.starts("pod-0").jobStatus().connects("pod-0").delivers("pod-0", FRUIT.get(0), false);
    told.works("pod-0", FRUIT.get(0)).acks("pod-0").after(45).depth(7, 0, 0);
    none(told, NOT_EXITED);
    onlyRoot(told.after(16).depth(7, 0, 0), NOT_EXITED);
  }

  @Test
  void aWorkerThatSitsOnAFurtherItem() {
    HistoryBuilder told = acked(0).delivers("pod-0", FRUIT.get(1), false).after(11).depth(6, 1, 1);
    onlyRoot(told, NOT_EXITED);
    assertThat(message(told, NOT_EXITED))
        .endsWith(" within 11 s, holding 1 further item without work on it");
    HistoryBuilder works = acked(0).delivers("pod-0", FRUIT.get(1), false);
    none(works.works("pod-0", FRUIT.get(1)).after(11).depth(6, 1, 1), NOT_EXITED);
  }

  @Test
  void aWorkerThatTookAnItemForGoodAsTheDepthTells() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus();
    told.after(1).depth(7, 0, 0).after(11).depth(7, 0, 0);
    onlyRoot(told, NOT_EXITED);
    HistoryBuilder holds = begun().starts("pod-0").jobStatus();
    none(holds.after(1).depth(7, 1, 1).after(11).depth(7, 1, 1), NOT_EXITED);
    HistoryBuilder fewer = begun().starts("pod-0").jobStatus().after(1).depth(7, 0, 0);
    fewer.after(5).depthByAmqp(6, 1).after(1).depth(7, 0, 0).after(7).depth(7, 0, 0);
    none(fewer, NOT_EXITED);
    onlyRoot(fewer.after(4).depth(7, 0, 0), NOT_EXITED);
    HistoryBuilder another = begun().starts("pod-0").starts("pod-1").jobStatus();
    none(another.after(1).depth(7, 0, 1).after(11).depth(7, 0, 1), NOT_EXITED);
  }

  @Test
  void whoHasNothingToWorkOnDoesNotKeepTheOthersFromBeingStuck() {
    HistoryBuilder told = begun().starts("pod-0").starts("pod-1").jobStatus();
    told.connects("pod-0").delivers("pod-0", FRUIT.get(0), false).acks("pod-0");
    told.delivers("pod-0", FRUIT.get(1), false).connects("pod-1").after(11).depth(0, 1, 2);
    assertThat(diagnose(told).roots()).containsExactly(NOT_EXITED);
    assertThat(prospect(told)).isEqualTo(Prospect.HOPELESS);
    told.delivers("pod-1", FRUIT.get(2), false);
    assertThat(prospect(told)).isEqualTo(Prospect.OPEN);
  }

  @Test
  void whoAckedAndRunsOnDoesNotWaitForWork() {
    HistoryBuilder told = begun(1).starts("pod-0").jobStatus().connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), false).acks("pod-0");
    told.depth(0, 0, 1).after(11).depth(0, 0, 1).logRead("pod-0");
    none(told, WAITING_FOR_WORK);
  }

  // beside the queue

  @Test
  void workersThatDoNotConsume() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().depth(8, 0, 0);
    none(told.after(5).depth(8, 0, 0), NOT_CONSUMING);
    told.after(6).depth(8, 0, 0);
    onlyRoot(told, NOT_CONSUMING);
    assertThat(message(told, NOT_CONSUMING))
        .isEqualTo(
            "queue job1 has 8 items ready and no consumer, with 1 pod of Job demo/job-wq-1"
                + " running");
    assertThat(prospect(told)).isEqualTo(Prospect.HOPELESS);
    none(told.depth(7, 0, 0), NOT_CONSUMING);
  }

  @Test
  void whoMayHoldAnItemThatNobodySeesIsLeftAlone() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().depth(7, 0, 0);
    none(told.after(11).depth(7, 0, 0), NOT_CONSUMING);
    HistoryBuilder consumes = begun().starts("pod-0").jobStatus().depth(8, 0, 1);
    none(consumes.after(11).depth(8, 0, 1), NOT_CONSUMING);
  }

  @Test
  void workersThatConsumeFromAnotherQueue() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus();
    told.add(Source.WIRE, new ConnectionOpened("x", "10.42.0.9", "pod-0"));
    told.add(Source.WIRE, new ConsumerStarted("x", 1, "hello", "tag", 1, true)).depth(8, 0, 0);
    none(told, OTHER_QUEUE);
    onlyRoot(told.after(2).depth(8, 0, 0), OTHER_QUEUE);
    assertThat(message(told, OTHER_QUEUE))
        .isEqualTo(
            "queue hello is consumed by 1 pod of Job demo/job-wq-1, which was given queue job1");
    told.add(Source.WIRE, new ConsumerStarted("x", 2, "job1", "tag2", 1, true));
    none(told, OTHER_QUEUE);
  }
}
