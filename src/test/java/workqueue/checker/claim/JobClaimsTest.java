package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.claim.ClaimAssertions.comes;
import static workqueue.checker.claim.Claims.announcesEachPod;
import static workqueue.checker.claim.Claims.jobCompletesWith;
import static workqueue.checker.claim.Claims.jobFailsWith;
import static workqueue.checker.claim.Claims.jobNeverCompletes;
import static workqueue.checker.claim.Claims.runsAtMost;
import static workqueue.checker.diagnosis.Situations.FRUIT;
import static workqueue.checker.diagnosis.Situations.ackedNotExited;
import static workqueue.checker.diagnosis.Situations.begun;
import static workqueue.checker.diagnosis.Situations.failingWorker;
import static workqueue.checker.diagnosis.Situations.givenUp;
import static workqueue.checker.diagnosis.Situations.moreCompletions;
import static workqueue.checker.diagnosis.Situations.waitingFor;
import static workqueue.checker.diagnosis.Situations.workOff;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.Items;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.Condition;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.Source;

class JobClaimsTest {
  private static void valid(Claim claim, HistoryBuilder told) {
    Conclusion conclusion = claim.judge(told.history());
    assertThat(conclusion.verdict()).as(conclusion.explanation()).isEqualTo(Verdict.VALID);
    assertThat(conclusion.explanation()).isEmpty();
  }

  private static void invalid(Claim claim, HistoryBuilder told, String text) {
    comes(Verdict.INVALID, claim, told, text);
  }

  private static void unknown(Claim claim, HistoryBuilder told, String text) {
    comes(Verdict.UNKNOWN, claim, told, text);
  }

  @Test
  void completes() {
    valid(jobCompletesWith(8), HistoryBuilder.soundRun(FRUIT));
    valid(jobCompletesWith("job-wq-1", 8), HistoryBuilder.soundRun(FRUIT));
    valid(jobCompletesWith(8), failingWorker());
  }

  @Test
  void failsInstead() {
    invalid(
        jobCompletesWith(8),
        givenUp(1, "no more fruit"),
        """
        job completes with 8: Job demo/job-wq-1 does not
          expected:   Complete with 8 succeeded
          actual:     Failed (BackoffLimitExceeded), 0 succeeded, 0 failed, 0 active
          remedy:     kubectl describe job job-wq-1 -n demo
        """);
  }

  @Test
  void waitsInstead() {
    invalid(
        jobCompletesWith(10),
        moreCompletions(11),
        """
        job completes with 10: Job demo/job-wq-1 has not
          expected:   Complete with 10 succeeded
          actual:     neither Complete nor Failed, 8 succeeded, 0 failed, 2 active
          remedy:     kubectl describe job job-wq-1 -n demo
        """);
  }

  @Test
  void mayStillComplete() {
    unknown(
        jobCompletesWith(8),
        workOff(begun(), 0, 3).starts("pod-3").jobStatus().ends(4, 1, 1),
        """
        job completes with 8: Job demo/job-wq-1 has not
          expected:   Complete with 8 succeeded
          actual:     neither Complete nor Failed, 3 succeeded, 0 failed, 1 active
        """);
  }

  @Test
  void isSettledWhileAPodLingers() {
    HistoryBuilder told = workOff(begun(), 0, 8);
    told.jobIs(0, 8, Condition.of("SuccessCriteriaMet", "True", "CompletionsReached", ""));
    unknown(
        jobCompletesWith(8),
        told.ends(0, 0, 0),
        """
        job completes with 8: Job demo/job-wq-1 has not
          expected:   Complete with 8 succeeded
          actual:     neither Complete nor Failed yet, as it waits for its pods to end, 8 succeeded, \
        0 failed, 0 active
        """);
  }

  @Test
  void noJobOrTooMany() {
    unknown(
        jobCompletesWith(8),
        new HistoryBuilder().publish(FRUIT),
        """
        job completes with 8: no Job was seen
          expected:   a Job
          actual:     none in the record
        """);
    HistoryBuilder two = HistoryBuilder.soundRun(FRUIT).named("job-wq-2").job(3, 2);
    unknown(
        jobCompletesWith(8),
        two,
        """
        job completes with 8: the record holds 2 Jobs
          expected:   the name of one of them in the claim
          actual:     Job demo/job-wq-1, Job demo/job-wq-2
        """);
    valid(jobCompletesWith("job-wq-1", 8), two);
  }

  @Test
  void vanishes() {
    unknown(
        jobCompletesWith(8),
        workOff(begun(), 0, 3).jobDeleted().finalState(),
        """
        job completes with 8: Job demo/job-wq-1 was deleted before it could be judged
          actual:     neither Complete nor Failed, 3 succeeded, 0 failed, 0 active when it was seen last
          remedy:     kubectl get events -n demo --field-selector involvedObject.name=job-wq-1
        """);
  }

  @Test
  void failsForAReason() {
    valid(jobFailsWith("BackoffLimitExceeded"), givenUp(1, "x"));
    invalid(
        jobFailsWith("DeadlineExceeded"),
        givenUp(1, "x"),
        """
        job fails with DeadlineExceeded: Job demo/job-wq-1 does not
          expected:   Failed (DeadlineExceeded)
          actual:     Failed (BackoffLimitExceeded), 0 succeeded, 0 failed, 0 active
          remedy:     kubectl describe job job-wq-1 -n demo
        """);
  }

  @Test
  void mayStillFail() {
    unknown(
        jobFailsWith("DeadlineExceeded"),
        workOff(begun(), 0, 3).starts("pod-3").jobStatus().ends(4, 1, 1),
        """
        job fails with DeadlineExceeded: Job demo/job-wq-1 has not
          expected:   Failed (DeadlineExceeded)
          actual:     neither Complete nor Failed, 3 succeeded, 0 failed, 1 active
        """);
  }

  @Test
  void neverCompletes() {
    valid(jobNeverCompletes(), moreCompletions(11));
    valid(jobNeverCompletes(), ackedNotExited(11));
    valid(jobNeverCompletes(), givenUp(1, "x"));
    unknown(
        jobNeverCompletes(),
        moreCompletions(9),
        """
        job never completes: Job demo/job-wq-1 may still complete
          expected:   proof that it cannot complete
          actual:     neither Complete nor Failed, 8 succeeded, 0 failed, 2 active
        """);
    invalid(
        jobNeverCompletes(),
        HistoryBuilder.soundRun(FRUIT),
        """
        job never completes: Job demo/job-wq-1 is complete
          expected:   never Complete
          actual:     Complete, 8 succeeded, 0 failed, 0 active
          remedy:     kubectl describe job job-wq-1 -n demo
        """);
  }

  @Test
  void isDecidedByItsEndOrByTheBeginningOfItsWait() {
    History sound = HistoryBuilder.soundRun(FRUIT).history();
    assertThat(jobCompletesWith(8).decidedAt(sound).orElseThrow().event().toString())
        .contains("Complete");
    History waiting = moreCompletions(11).history();
    assertThat(jobNeverCompletes().decidedAt(waiting).orElseThrow().at().plusSeconds(11))
        .isBefore(waiting.events().get(waiting.events().size() - 1).at());
    assertThat(jobCompletesWith(8).decidedAt(begun().history())).isEmpty();
  }

  @Test
  void aHangIsDecidedByWhatItHasHungFrom() {
    History waiting = moreCompletions(11).history();
    hangs(waiting, "consumers=2, asked=CTL", 10);
    // All claims on it, for what the record ends with decides nothing.
    List<Claim> claims =
        List.of(
            jobNeverCompletes(),
            Claims.processesEachExactlyOnce(FRUIT),
            Claims.drains("job1"),
            Claims.diagnosedAs(FindingCode.WAITING_FOR_WORK));
    Judged judged = Judge.judge(waiting, claims);
    assertThat(judged.window()).contains(Duration.ofSeconds(10));
    assertThat(judged.decidedAt().orElseThrow().plusSeconds(11))
        .isBetween(now(waiting).minusMillis(100), now(waiting));

    hangs(
        waitingFor("ErrImagePull", "no such image")
            .podIs("pod-0", "Pending")
            .after(11)
            .ends(8, 0, 0)
            .history(),
        "JobState",
        10);
    hangs(
        begun().spec(spec -> spec.withSuspend(true)).jobIs(0, 0).after(11).ends(8, 0, 0).history(),
        "suspend=true",
        10);
    hangs(workOff(begun(), 0, 3).jobDeleted().finalState().history(), "JobDeleted", 0);
  }

  @Test
  void whatEndedOrGoesOnHangsNot() {
    assertThat(Judge.judge(HistoryBuilder.soundRun(FRUIT).history(), jobCompletesWith(8)).window())
        .isEmpty();
    assertThat(Judge.judge(givenUp(1, "x").history(), jobNeverCompletes()).window()).isEmpty();
    History open = moreCompletions(9).history();
    assertThat(Judge.judge(open, jobNeverCompletes()).window()).isEmpty();
    assertThat(jobNeverCompletes().decidedAt(open).orElseThrow())
        .isEqualTo(open.finalState().orElseThrow());
  }

  private static void hangs(History history, String since, int window) {
    Judged judged = Judge.judge(history, jobNeverCompletes());
    assertThat(judged.judgements().get(0).claim()).isEqualTo("job never completes");
    assertThat(judged.window()).contains(Duration.ofSeconds(window));
    assertThat(jobNeverCompletes().decidedAt(history).orElseThrow().event().toString())
        .contains(since);
  }

  private static Instant now(History history) {
    return history.events().get(history.events().size() - 1).at();
  }

  @Test
  void runsAtMostSoMany() {
    valid(runsAtMost(1), HistoryBuilder.soundRun(FRUIT));
    HistoryBuilder three = begun().starts("a").starts("b").starts("c").after(3);
    three.succeeds("a").succeeds("b").succeeds("c").jobIs(0, 3).ends(0, 0, 0);
    invalid(
        runsAtMost(2),
        three,
        """
        job runs at most 2 at once: Job demo/job-wq-1 ran 3
          expected:   at most 2
          actual:     3 ran at once
          unexpected: a, b, c
        """);
    valid(runsAtMost(3), three);
  }

  @Test
  void anOverlapWithinOneSecondIsNotCertain() {
    HistoryBuilder told = begun().starts("a").starts("b").after(1.2);
    told.exits("a", 0, "Completed").podIs("a", "Succeeded").starts("c").after(0.9);
    told.succeeds("b").succeeds("c").ends(0, 0, 0);
    valid(runsAtMost(2), told);
  }

  @Test
  void aTerminatingPodBesideItsReplacementIsLegal() {
    HistoryBuilder told = begun().starts("a").starts("b").after(2).deletes("a").starts("c");
    told.after(5).exits("a", 0, "Completed").gone("a").after(1).succeeds("b").succeeds("c");
    valid(runsAtMost(2), told.ends(0, 0, 0));
  }

  @Test
  void theJobItselfCountsTooManyActive() {
    invalid(
        runsAtMost(2),
        begun().jobIs(3, 0).finalState(),
        """
        job runs at most 2 at once: Job demo/job-wq-1 ran 3
          expected:   at most 2
          actual:     3 active, says the Job in event 11
        """);
  }

  @Test
  void podsMayHaveRunUnseen() {
    unknown(
        runsAtMost(2),
        begun().starts("a").gap(Source.PODS).jobStatus().finalState(),
        """
        job runs at most 2 at once: Job demo/job-wq-1 was not seen well enough
          expected:   all pods with start and finish, and a final state
          actual:     at most 1 seen at once
        """);
    valid(runsAtMost(2), HistoryBuilder.soundRun(FRUIT).gap(Source.PODS));
  }

  @Test
  void whatTheApiLacks() {
    Claim claim = Claims.apiLacks("job.spec.suspend");
    HistoryBuilder dropped = tried(Outcome.NOT_FOUND, "");
    valid(claim, dropped);
    assertThat(claim.decidedAt(dropped.history()).orElseThrow().event().toString())
        .contains("DRY_RUN");
    invalid(
        claim,
        tried(Outcome.OK, ""),
        """
        the API has no job.spec.suspend: it has
          expected:   a dry run that drops job.spec.suspend
          actual:     a dry run that keeps it, in event 11
          remedy:     kubectl explain job.spec.suspend
        """);
    unknown(
        claim,
        tried(Outcome.NOT_TRIED, "jobs.batch is forbidden"),
        """
        the API has no job.spec.suspend: it was not seen
          expected:   a dry run with job.spec.suspend
          actual:     jobs.batch is forbidden
          remedy:     kubectl explain job.spec.suspend
        """);
    unknown(
        claim,
        begun(),
        """
        the API has no job.spec.suspend: it was not seen
          expected:   a dry run with job.spec.suspend
          actual:     none
          remedy:     kubectl explain job.spec.suspend
        """);
  }

  private static HistoryBuilder tried(Outcome outcome, String detail) {
    return begun()
        .add(Source.PROBES, new Probe(Try.DRY_RUN, "job.spec.suspend", "harness", outcome, detail));
  }

  @Test
  void announces() {
    valid(announcesEachPod(), HistoryBuilder.soundRun(FRUIT));
    HistoryBuilder silent = begun().podIs("quiet", "Running").finalState();
    invalid(
        announcesEachPod(),
        silent,
        """
        job announces each pod: Job demo/job-wq-1 has 1 pod and announced 0
          expected:   a SuccessfulCreate event for the one pod
          actual:     0 such events
          missing:    quiet
          remedy:     kubectl get events -n demo --field-selector involvedObject.name=job-wq-1
        """);
    unknown(
        announcesEachPod(),
        silent.gap(Source.KUBERNETES_EVENTS),
        """
        job announces each pod: Job demo/job-wq-1 has 1 pod and announced 0
          expected:   a SuccessfulCreate event for the one pod
          actual:     0 such events
          missing:    quiet
        """);
    unknown(
        announcesEachPod(),
        HistoryBuilder.soundRun(Items.ofTutorial(10)),
        """
        job announces each pod: Kubernetes announces pods singly up to the ninth only, Job demo/job-wq-1 has more
          expected:   fewer than 10 pods
          actual:     10 pods
        """);
  }
}
