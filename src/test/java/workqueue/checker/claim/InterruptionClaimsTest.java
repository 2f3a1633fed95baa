package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.claim.Claims.endsInGrace;
import static workqueue.checker.claim.Claims.strikesAtWork;
import static workqueue.checker.diagnosis.Situations.FRUIT;
import static workqueue.checker.diagnosis.Situations.begun;

import org.junit.jupiter.api.Test;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.HistoryBuilder;
import workqueue.history.Source;

class InterruptionClaimsTest {
  @Test
  void holdsOfAWorkerThatEndsInTime() {
    HistoryBuilder told = deleted(3).exits("pod-0", 143, "Error").gone("pod-0");
    assertThat(judge(told)).isEqualTo(Conclusion.valid());
  }

  @Test
  void namesTheWorkerThatWasKilled() {
    Conclusion conclusion = judge(deleted(30).exits("pod-0", 137, "Error").gone("pod-0"));
    assertThat(conclusion.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(conclusion.findings())
        .extracting(Finding::code)
        .containsExactly(FindingCode.IGNORED_TERMINATION);
    assertThat(conclusion.explanation())
        .isEqualTo(
            """
            workers that are told to end do so in time: pod-0 did not
              expected:   an end before the grace period is over
              actual:     the worker in pod demo/pod-0 did not end on SIGTERM and was killed after 30 s
              remedy:     kubectl get job job-wq-1 -n demo -o \
            jsonpath='{.spec.template.spec.containers[*].command}'""");
  }

  @Test
  void cannotBeToldWhereNobodyWasToldToEndOrTheEndWasMissed() {
    assertThat(judge(begun().starts("pod-0")).explanation())
        .isEqualTo(
            """
            workers that are told to end do so in time: cannot be told
              expected:   a pod that is deleted, and the end of its worker
              actual:     0 deleted pods""");
    assertThat(judge(deleted(3).gone("pod-0")).explanation())
        .isEqualTo(
            """
            workers that are told to end do so in time: cannot be told
              expected:   a pod that is deleted, and the end of its worker
              actual:     1 deleted pod
              not seen:   the end of pod-0""");
  }

  @Test
  void strikesAWorkerThatWasGivenAnItemOnTheWire() {
    HistoryBuilder told = begun().starts("pod-0").connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), false);
    assertThat(atWork(struck(told).after(1).exits("pod-0", 137, "Error")))
        .isEqualTo(Conclusion.valid());
  }

  @Test
  void strikesAWorkerThatWasGivenAnItemByTheQueuesDepth() {
    HistoryBuilder told = begun().starts("pod-0").depth(7, 1, 1);
    assertThat(atWork(struck(told).after(1).exits("pod-0", 137, "Error")))
        .isEqualTo(Conclusion.valid());
    HistoryBuilder toEnd = begun().starts("pod-0").depthByAmqp(7, 1);
    toEnd.add(Source.FAULTS, new FaultInjected("delete-pod", "pod-0", "grace 30 s"));
    toEnd.after(5).exits("pod-0", 0, "Completed");
    assertThat(strikesAtWork("delete-pod").judge(toEnd.finalState().history()))
        .isEqualTo(Conclusion.valid());
  }

  @Test
  void whatIsKilledDoesNotEndWell() {
    HistoryBuilder told = begun().starts("pod-0").depthByAmqp(7, 1);
    assertThat(atWork(struck(told).after(5).exits("pod-0", 0, "Completed")).verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void cannotBeSaidToStrikeAWorkerWithoutAnItem() {
    HistoryBuilder told = begun().starts("pod-0").connects("pod-0").connects("pod-1");
    told.delivers("pod-1", FRUIT.get(0), false);
    Conclusion conclusion = atWork(struck(told).after(1).exits("pod-0", 137, "Error"));
    assertThat(conclusion.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(conclusion.explanation())
        .isEqualTo(
            """
            kill-container strikes a worker that has an item: the record does not show it
              expected:   a worker that is given an item, then the fault, then the worker's end
              actual:     the fault in event 20 on pod pod-0, which had been given nothing""");
  }

  @Test
  void cannotBeSaidToStrikeAWorkerThatMayHaveBeenDone() {
    HistoryBuilder told = begun().starts("pod-0").depth(7, 1, 1).after(1);
    Conclusion conclusion = atWork(struck(told).exits("pod-0", 0, "Completed"));
    assertThat(conclusion.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(conclusion.explanation())
        .isEqualTo(
            """
            kill-container strikes a worker that has an item: the record does not show it
              expected:   a worker that is given an item, then the fault, then the worker's end
              actual:     the fault in event 16 on pod pod-0, whose worker was not seen to end by it""");
    assertThat(atWork(struck(begun().starts("pod-0").depth(7, 1, 1))).verdict())
        .isEqualTo(Verdict.UNKNOWN);
    HistoryBuilder before = begun().starts("pod-0").depth(7, 1, 1).exits("pod-0", 1, "Error");
    assertThat(atWork(struck(before)).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void strikesAWorkerThatIsToldToEndAndFinishesWhatItHas() {
    HistoryBuilder told = begun().starts("pod-0").connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), false);
    told.add(Source.FAULTS, new FaultInjected("delete-pod", "pod-0", "grace 30 s"));
    told.acks("pod-0").disconnects("pod-0").exits("pod-0", 0, "Completed");
    assertThat(strikesAtWork("delete-pod").judge(told.finalState().history()))
        .isEqualTo(Conclusion.valid());

    HistoryBuilder leaves = begun().starts("pod-0").connects("pod-0");
    leaves.delivers("pod-0", FRUIT.get(0), false);
    leaves.add(Source.FAULTS, new FaultInjected("delete-pod", "pod-0", "grace 30 s"));
    leaves.disconnects("pod-0").exits("pod-0", 0, "Completed");
    assertThat(strikesAtWork("delete-pod").judge(leaves.finalState().history()))
        .isEqualTo(Conclusion.valid());

    HistoryBuilder before = begun().starts("pod-0").connects("pod-0");
    before.delivers("pod-0", FRUIT.get(0), false).acks("pod-0");
    before.add(Source.FAULTS, new FaultInjected("delete-pod", "pod-0", "grace 30 s"));
    before.disconnects("pod-0").exits("pod-0", 0, "Completed");
    assertThat(strikesAtWork("delete-pod").judge(before.finalState().history()).verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void saysThatThereWasNoStrike() {
    assertThat(atWork(begun()).explanation()).endsWith("actual:     no fault kill-container");
  }

  private static HistoryBuilder struck(HistoryBuilder told) {
    return told.add(Source.FAULTS, new FaultInjected("kill-container", "pod-0", "attempt 0"));
  }

  private static Conclusion atWork(HistoryBuilder told) {
    return strikesAtWork("kill-container").judge(told.finalState().history());
  }

  private static HistoryBuilder deleted(double seconds) {
    return begun().starts("pod-0").jobStatus().deletes("pod-0").after(seconds);
  }

  private static Conclusion judge(HistoryBuilder told) {
    return endsInGrace().judge(told.finalState().history());
  }
}
