package workqueue.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.Claims.endsInGrace;
import static workqueue.checker.Situations.begun;

import org.junit.jupiter.api.Test;
import workqueue.history.HistoryBuilder;

class GraceClaimTest {
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
            workers that are told to end do so in time: not so for pod-0
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

  private static HistoryBuilder deleted(double seconds) {
    return begun().starts("pod-0").jobStatus().deletes("pod-0").after(seconds);
  }

  private static Conclusion judge(HistoryBuilder told) {
    return endsInGrace().judge(told.finalState().history());
  }
}
