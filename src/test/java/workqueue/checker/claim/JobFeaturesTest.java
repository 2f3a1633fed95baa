package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.claim.Claims.accountsForEverySuccess;
import static workqueue.checker.claim.Claims.jobCompletes;
import static workqueue.checker.claim.Claims.jobCompletesWith;
import static workqueue.checker.diagnosis.Diagnosed.diagnose;
import static workqueue.checker.diagnosis.Diagnosed.none;
import static workqueue.checker.diagnosis.Diagnosed.onlyRoot;
import static workqueue.checker.diagnosis.FindingCode.ACKED_BUT_NOT_REPORTED;
import static workqueue.checker.diagnosis.FindingCode.ALL_PROCESSED;
import static workqueue.checker.diagnosis.FindingCode.BACKOFF_LIMIT_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.BROKER_REFUSED_LOGIN;
import static workqueue.checker.diagnosis.FindingCode.COMPLETIONS_UNSET;
import static workqueue.checker.diagnosis.FindingCode.CONTROLLER_INACTIVE;
import static workqueue.checker.diagnosis.FindingCode.CRASH_LOOP;
import static workqueue.checker.diagnosis.FindingCode.DUPLICATED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.FALSE_SUCCESS;
import static workqueue.checker.diagnosis.FindingCode.HOARDED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.IMAGE_NOT_PULLABLE;
import static workqueue.checker.diagnosis.FindingCode.JOB_FAILED;
import static workqueue.checker.diagnosis.FindingCode.LEFTOVER_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.LOST_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.POD_FAILURE_POLICY;
import static workqueue.checker.diagnosis.FindingCode.REDELIVERED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.STILL_WORKING;
import static workqueue.checker.diagnosis.FindingCode.STUCK_TERMINATING;
import static workqueue.checker.diagnosis.Situations.FRUIT;
import static workqueue.checker.diagnosis.Situations.begun;
import static workqueue.checker.diagnosis.Situations.workOff;

import org.junit.jupiter.api.Test;
import workqueue.checker.diagnosis.Outlook;
import workqueue.checker.diagnosis.Outlook.Prospect;
import workqueue.checker.diagnosis.Situations;
import workqueue.history.BrokerEvent.Consumer;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.Condition;
import workqueue.history.HistoryBuilder;
import workqueue.history.Source;
import workqueue.history.Termination;
import workqueue.history.WorkerEvent.LogLine;

/** What the Jobs of newer Kubernetes do, and what the diagnosis makes of it. */
class JobFeaturesTest {
  // podFailurePolicy

  @Test
  void aPolicyThatEndsTheJobIsTheCauseInItsOwnWords() {
    HistoryBuilder told = failsWith("PodFailurePolicy");
    onlyRoot(told, POD_FAILURE_POLICY);
    assertThat(diagnose(told).finding(POD_FAILURE_POLICY).orElseThrow().message())
        .isEqualTo("Job demo/job-wq-1 was ended by its podFailurePolicy (told so)");
    assertThat(diagnose(told).finding(LEFTOVER_ITEMS).orElseThrow().message())
        .endsWith(", because Job demo/job-wq-1 was ended by its podFailurePolicy (told so)");
    none(told, JOB_FAILED);
    none(Situations.givenUp(1, "x"), POD_FAILURE_POLICY);
  }

  @Test
  void failuresThatThePolicyIgnoresNeedNotBeCounted() {
    HistoryBuilder told = workOff(begun(), 0, 3).starts("pod-3").jobStatus().after(1);
    told.exits("pod-3", 42, "Error").podIs("pod-3", "Failed").starts("pod-4").jobStatus();
    told.after(60).depth(5, 0, 0);
    assertThat(diagnose(told).finding(CONTROLLER_INACTIVE)).isPresent();
    told.spec(spec -> spec.withIgnoresFailures(true)).jobStatus();
    none(told, CONTROLLER_INACTIVE);
  }

  @Test
  void aSuccessThatNobodyCountsIsToldWhateverThePolicyIgnores() {
    HistoryBuilder told = workOff(begun(), 0, 3).spec(spec -> spec.withIgnoresFailures(true));
    told.starts("pod-3").jobStatus().after(1).works("pod-3", FRUIT.get(3));
    told.exits("pod-3", 0, "Completed").podIs("pod-3", "Succeeded").after(11).depth(4, 0, 0);
    onlyRoot(told, CONTROLLER_INACTIVE);
  }

  // podReplacementPolicy

  @Test
  void aPodOnItsWayOutIsWaitedForBeforeItIsReplaced() {
    HistoryBuilder told = ReplacementTest.deleted().after(20).depth(2, 1, 1);
    assertThat(Outlook.of(told.history()).prospect()).isEqualTo(Prospect.OPEN);
    assertThat(jobCompletesWith(3).judge(told.finalState().history()).verdict())
        .isEqualTo(Verdict.UNKNOWN);
    onlyRoot(told, STILL_WORKING);
    assertThat(diagnose(told).finding(STILL_WORKING).orElseThrow().message())
        .isEqualTo(
            "Job demo/job-wq-1 is still working: 0 pods active and 1 on the way out, 2 items ready"
                + " and 1 unacked in queue job1");
  }

  @Test
  void aPodThatDoesNotGoIsNotStillWorking() {
    HistoryBuilder told = ReplacementTest.deleted().after(61).depth(2, 1, 1);
    onlyRoot(told, STUCK_TERMINATING);
  }

  @Test
  void aJobWithoutAnyPodThatIsToComeIsNotStillWorking() {
    HistoryBuilder told = ReplacementTest.ends(ReplacementTest.deleted().after(5));
    told.jobStatus().finalState();
    none(told, STILL_WORKING);
    assertThat(jobCompletesWith(3).judge(told.history()).verdict()).isEqualTo(Verdict.INVALID);
  }

  @Test
  void whatTheDeletedPodHadIsProcessedByItsReplacement() {
    HistoryBuilder told = ReplacementTest.ends(ReplacementTest.deleted().after(5));
    onlyRoot(ReplacementTest.othersDoAll(told), REDELIVERED_ITEMS);
  }

  // successPolicy

  @Test
  void aJobWhosePolicyIsMetLetsGoOfThePodsThatItNoLongerNeeds() {
    HistoryBuilder told = letGoBySuccessPolicy("SuccessPolicy");
    none(told, ACKED_BUT_NOT_REPORTED);
    none(told, FALSE_SUCCESS);
    none(told, LOST_ITEMS);
    onlyRoot(told, LEFTOVER_ITEMS);
  }

  @Test
  void aPodThatIsDeletedOtherwiseWithWorkThatItAckedIsTold() {
    assertThat(diagnose(letGoBySuccessPolicy("CompletionsReached")).finding(ACKED_BUT_NOT_REPORTED))
        .isPresent();
  }

  /** Three of eight are done, and a fourth acks while it is on its way out. */
  private static HistoryBuilder letGoBySuccessPolicy(String reason) {
    Condition settled = Condition.of("SuccessCriteriaMet", "True", reason, "");
    HistoryBuilder told = workOff(begun(), 0, 3).starts("pod-3").jobStatus().after(1);
    told.jobIs(1, 3, settled).deletes("pod-3").after(1).works("pod-3", FRUIT.get(3));
    told.exits("pod-3", 0, "Completed");
    told.podIs("pod-3", "Succeeded", "", "", told.now().plusSeconds(25)).gone("pod-3");
    told.jobIs(0, 3, settled, Condition.of("Complete", "True", reason, ""));
    return told.ends(4, 0, 0);
  }

  // podFailurePolicy FailIndex, backoffLimitPerIndex

  @Test
  void whatTheFailedIndexSaidIsToldWithTheJobsReason() {
    HistoryBuilder told = begun(4).starts("pod-1").jobStatus().prints("pod-1", "no more fruit");
    told.failsPod("pod-1", 3, "Error").jobStatus();
    told.jobFails("FailedIndexes").ends(8, 0, 0);
    onlyRoot(told, JOB_FAILED);
    assertThat(diagnose(told).finding(JOB_FAILED).orElseThrow().message())
        .isEqualTo("Job demo/job-wq-1 failed (FailedIndexes: told so), last: exit code 3");
    assertThat(diagnose(told).finding(JOB_FAILED).orElseThrow().pods()).containsExactly("pod-1");
  }

  @Test
  void anIndexThatFailsWhileOthersGoOnIsNoEndOfTheJob() {
    HistoryBuilder told = begun(4).starts("pod-1").jobStatus().failsPod("pod-1", 3, "Error");
    told.starts("pod-2").jobStatus().after(1).depth(7, 1, 1);
    none(told, JOB_FAILED);
    none(told, BACKOFF_LIMIT_EXCEEDED);
  }

  // any other end

  @Test
  void anyOtherReasonOfAFailureIsNamed() {
    HistoryBuilder told = failsWith("FailedIndexes");
    onlyRoot(told, JOB_FAILED);
    assertThat(diagnose(told).finding(JOB_FAILED).orElseThrow().message())
        .isEqualTo("Job demo/job-wq-1 failed (FailedIndexes: told so), last: exit code 42");
    none(told, POD_FAILURE_POLICY);
  }

  @Test
  void aFailureFollowsFromWhatMadeItsPodsFail() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus();
    told.prints("pod-0", "403 ACCESS_REFUSED - Login was refused");
    told.failsPod("pod-0", 1, "Error").jobFails("MaxFailedIndexesExceeded").ends(8, 0, 0);
    onlyRoot(told, BROKER_REFUSED_LOGIN);
  }

  @Test
  void aJobThatIsSettledAndNotOverHasNotEnded() {
    HistoryBuilder told = workOff(begun(), 0, 3);
    told.jobIs(1, 3, Condition.of("FailureTarget", "True", "PodFailurePolicy", "told so"));
    none(told, POD_FAILURE_POLICY);
    none(told, JOB_FAILED);
  }

  // other containers beside the worker

  @Test
  void aSidecarThatIsKilledAfterTheWorkIsNoFailedRun() {
    HistoryBuilder told = begun().spec(spec -> spec.withWorker("c"));
    FRUIT.forEach(
        item -> {
          String pod = "pod-" + item.id();
          told.starts(pod).jobStatus().after(1).works(pod, item);
          sidecar(told, pod, 137).succeeds(pod).jobStatus();
        });
    onlyRoot(told.jobCompletes().ends(0, 0, 0), ALL_PROCESSED);
  }

  @Test
  void whatASidecarPrintsIsNoWork() {
    HistoryBuilder told = begun().spec(spec -> spec.withWorker("c"));
    told.starts("pod-0").jobStatus();
    told.add(
        Source.LOGS,
        new LogLine(
            told.ref("pod-0"), "agent", 0, false, 1, "Processing apple", false, told.now()));
    told.after(1).works("pod-0", FRUIT.get(0)).succeeds("pod-0").jobStatus();
    onlyRoot(workOff(told, 1, 8).jobCompletes().ends(0, 0, 0), ALL_PROCESSED);
    none(told, DUPLICATED_ITEMS);
  }

  @Test
  void aSidecarWithoutItsImageIsNoLessACause() {
    HistoryBuilder told = begun().spec(spec -> spec.withWorker("c")).pending("pod-0").jobStatus();
    told.add(
        Source.PODS,
        new ContainerState(
            told.ref("pod-0"),
            "agent",
            Running.WAITING,
            "ImagePullBackOff",
            "",
            null,
            null,
            null,
            0,
            null));
    onlyRoot(told.after(11).depth(8, 0, 0), IMAGE_NOT_PULLABLE);
  }

  @Test
  void aWorkerThatIsNotNamedMayBeAnyContainer() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().after(1);
    sidecar(told, "pod-0", 1).after(1);
    told.add(
        Source.PODS,
        new ContainerState(
            told.ref("pod-0"),
            "agent",
            Running.WAITING,
            "CrashLoopBackOff",
            "",
            null,
            null,
            null,
            1,
            new Termination(1, "Error", "", told.now(), told.now())));
    assertThat(diagnose(told).finding(CRASH_LOOP)).isPresent();
  }

  private static HistoryBuilder sidecar(HistoryBuilder told, String pod, int code) {
    return told.add(
        Source.PODS,
        new ContainerState(
            told.ref(pod),
            "agent",
            Running.TERMINATED,
            code == 0 ? "Completed" : "Error",
            "",
            code,
            told.now(),
            told.now(),
            0,
            null));
  }

  /** A pod fails, and the Job for this reason with it. */
  private static HistoryBuilder failsWith(String reason) {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().failsPod("pod-0", 42, "Error");
    return told.jobFails(reason).ends(8, 0, 0);
  }

  // completions left open

  /** Two pods drain a queue of three items; the second to end may come too late for any. */
  private static HistoryBuilder drained(int items) {
    HistoryBuilder told = new HistoryBuilder().publish(FRUIT.subList(0, 3)).job(1, 2);
    told.spec(spec -> spec.withCompletions(null)).jobStatus();
    told.starts("pod-0").starts("pod-1").jobStatus();
    FRUIT.subList(0, items).forEach(item -> told.works("pod-0", item));
    return told.succeeds("pod-0").succeeds("pod-1").jobCompletes().ends(3 - items, 0, 0);
  }

  @Test
  void whoFindsADrainedQueueEmptySucceedsRightly() {
    onlyRoot(drained(3), ALL_PROCESSED);
    assertThat(jobCompletes("").judge(drained(3).history()).verdict()).isEqualTo(Verdict.VALID);
    assertThat(accountsForEverySuccess().judge(drained(3).history()).verdict())
        .isEqualTo(Verdict.VALID);
  }

  @Test
  void whoDrainsAQueueMayBeAheadButNotWithoutALimit() {
    HistoryBuilder told = new HistoryBuilder().publish(FRUIT.subList(0, 3)).job(1, 1);
    told.spec(spec -> spec.withCompletions(null)).starts("pod-0").jobStatus();
    told.consumers(new Consumer("t", "c", 3, true, 3, "10.42.0.9", "pod-0"));
    none(told, HOARDED_ITEMS);
    onlyRoot(
        told.consumers(new Consumer("t", "c", 0, true, 3, "10.42.0.9", "pod-0")), HOARDED_ITEMS);
  }

  @Test
  void aJobWithoutCompletionsMayBeOverTooEarly() {
    HistoryBuilder told = new HistoryBuilder().publish(FRUIT.subList(0, 3)).job(1, 1);
    told.spec(spec -> spec.withCompletions(null)).worksOff("pod-0", FRUIT.get(0));
    told.jobCompletes().ends(2, 0, 0);
    onlyRoot(told, COMPLETIONS_UNSET);
    assertThat(diagnose(told).finding(COMPLETIONS_UNSET).orElseThrow().message())
        .isEqualTo(
            "Job demo/job-wq-1 has no completions and was over with 1 success though 2 items were"
                + " left");
    assertThat(diagnose(told).finding(LEFTOVER_ITEMS)).isPresent();
    HistoryBuilder counted = new HistoryBuilder().publish(FRUIT.subList(0, 3)).job(1, 1);
    counted.worksOff("pod-0", FRUIT.get(0)).jobCompletes().ends(2, 0, 0);
    none(counted, COMPLETIONS_UNSET);
  }

  @Test
  void whoSucceedsWithoutAnItemWhileThereAreSomeIsAFalseSuccess() {
    assertThat(diagnose(drained(0)).roots()).contains(FALSE_SUCCESS);
  }

  /** A Job for each item, and one too many: as a scaler makes them that counts late. */
  @Test
  void ofSeveralJobsOfOneItemTheLastMayFindNone() {
    HistoryBuilder told = new HistoryBuilder().publish(FRUIT.subList(0, 1)).job(1, 1);
    told.starts("pod-0").works("pod-0", FRUIT.get(0)).succeeds("pod-0").jobCompletes();
    told.named("job-wq-2").job(1, 1).starts("pod-1").succeeds("pod-1");
    told.jobIs(0, 1, Condition.of("Complete", "True", "", "")).ends(0, 0, 0);
    none(told, FALSE_SUCCESS);
    HistoryBuilder alone = new HistoryBuilder().publish(FRUIT.subList(0, 1)).job(2, 1);
    alone.starts("pod-0").works("pod-0", FRUIT.get(0)).succeeds("pod-0");
    alone.starts("pod-1").succeeds("pod-1").jobCompletes().ends(0, 0, 0);
    onlyRoot(alone, FALSE_SUCCESS);
  }
}
