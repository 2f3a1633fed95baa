package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.claim.Claims.explainsWhatIsLost;
import static workqueue.checker.diagnosis.Situations.FRUIT;
import static workqueue.checker.diagnosis.Situations.ackedNotExited;
import static workqueue.checker.diagnosis.Situations.begun;
import static workqueue.checker.diagnosis.Situations.fewerCompletions;
import static workqueue.checker.diagnosis.Situations.workOff;

import org.junit.jupiter.api.Test;
import workqueue.history.HistoryBuilder;

class FinalCountTest {
  private static void valid(HistoryBuilder told) {
    ClaimAssertions.valid(explainsWhatIsLost(), told);
  }

  private static void comes(Verdict verdict, HistoryBuilder told, String text) {
    ClaimAssertions.comes(verdict, explainsWhatIsLost(), told, text);
  }

  @Test
  void nothingIsLostThatWasProcessedOrIsLeft() {
    valid(HistoryBuilder.soundRun(FRUIT).contents());
    valid(fewerCompletions().contents(FRUIT.get(5), FRUIT.get(6), FRUIT.get(7)));
    valid(ackedNotExited(11).contents());
  }

  @Test
  void whatIsLostIsNamed() {
    HistoryBuilder told = begun();
    for (int i = 0; i < 8; i++) {
      told.starts("pod-" + i).jobStatus().after(1).succeeds("pod-" + i);
    }
    valid(told.jobCompletes().ends(0, 0, 0).contents());
  }

  @Test
  void cannotTellWithoutWhatIsLeft() {
    comes(
        Verdict.UNKNOWN,
        fewerCompletions(),
        """
        what is lost is named, and each Job's end explained: cannot be told
          expected:   each item seen processed, in the queue, or neither
          actual:     8 items published
          not seen:   what is left in queue job1
        """);
  }

  @Test
  void aJobThatEndsForNoReasonIsNotExplained() {
    comes(
        Verdict.INVALID,
        workOff(begun(), 0, 8).ends(0, 0, 0).contents(),
        """
        what is lost is named, and each Job's end explained: 1 Job without a cause
          expected:   0 items named as lost, and a cause for each Job's end
          actual:     0 items named, causes []
          missing:    why Job demo/job-wq-1 is not complete
        """);
  }

  @Test
  void anEmptyRecordExplainsNothing() {
    assertThat(explainsWhatIsLost().judge(new HistoryBuilder().history()).verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }
}
