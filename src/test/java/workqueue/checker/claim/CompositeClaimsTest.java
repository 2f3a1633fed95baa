package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.claim.Claims.all;
import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.expecting;
import static workqueue.checker.claim.Claims.jobCompletesWith;
import static workqueue.checker.claim.Claims.leavesOver;
import static workqueue.checker.claim.Claims.whether;
import static workqueue.checker.diagnosis.Situations.FRUIT;
import static workqueue.history.HistoryBuilder.QUEUE;

import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;

class CompositeClaimsTest {
  private static final String RULE = "the worker keeps a rule";
  private final History sound = HistoryBuilder.soundRun(FRUIT).history();

  @Test
  void holdsIfAllParts() {
    assertThat(judge(jobCompletesWith(8), drains(QUEUE))).isEqualTo(Conclusion.valid());
    assertThat(judge(expecting(Verdict.INVALID, drains(QUEUE)), jobCompletesWith(8)).explanation())
        .isEqualTo(
            """
            the worker keeps a rule: 1 of 2 claims not as expected
            queue job1 is drained: holds, and it should not""");
  }

  @Test
  void tellsWhichPartsDoNotHold() {
    Conclusion conclusion = judge(jobCompletesWith(8), leavesOver(QUEUE, 3), leavesOver("foo", 1));
    assertThat(conclusion.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(conclusion.explanation())
        .isEqualTo(
            """
            the worker keeps a rule: 2 of 3 claims not as expected
            queue job1 is left with 3: queue job1 holds 0 ready, 0 unacked
              expected:   3 ready, 0 unacked
              actual:     0 ready, 0 unacked
              remedy:     rabbitmqctl list_queues name messages_ready messages_unacknowledged \
            consumers | grep job1
            queue foo is left with 1: the depth of queue foo was never seen
              expected:   1 ready, 0 unacked
              actual:     no sample
              remedy:     rabbitmqctl list_queues name messages_ready messages_unacknowledged \
            consumers | grep foo""");
  }

  @Test
  void isUnknownWhereAPartIsUnlessThatIsExpected() {
    assertThat(judge(jobCompletesWith(8), leavesOver("foo", 1)).verdict())
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(judge(jobCompletesWith(8), expecting(Verdict.UNKNOWN, leavesOver("foo", 1))))
        .isEqualTo(Conclusion.valid());
  }

  @Test
  void adviceIsGivenAndFailsNothing() {
    Claim advice = whether(RULE, List.of(leavesOver(QUEUE, 3)));
    Conclusion conclusion = advice.judge(sound);
    assertThat(advice.words()).isEqualTo("it is known whether the worker keeps a rule");
    assertThat(conclusion.verdict()).isEqualTo(Verdict.VALID);
    assertThat(conclusion.explanation())
        .startsWith("it is known whether the worker keeps a rule: it does not hold\nqueue job1 is");
    assertThat(whether(RULE, List.of(leavesOver("foo", 1))).judge(sound).verdict())
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(whether(RULE, List.of(drains(QUEUE))).judge(sound)).isEqualTo(Conclusion.valid());
  }

  @Test
  void isDecidedWithItsLastPart() {
    Claim completes = jobCompletesWith(8);
    Claim drained = drains(QUEUE);
    assertThat(all(RULE, List.of(drained, completes)).decidedAt(sound))
        .isEqualTo(drained.decidedAt(sound));
    assertThat(all(RULE, List.of(completes, leavesOver("foo", 1))).decidedAt(sound)).isEmpty();
  }

  /** What a gate says when a worker has become better than it was declared to be. */
  @Test
  void aKnownViolationThatIsNoneAnyMoreFails() {
    String known =
        "the worker keeps keeps-secrets, a rule that is known to be broken (old): take it out of"
            + " wq.gate.known once it is kept";
    Judged judged =
        Judge.judge(sound, expecting(Verdict.INVALID, all(known, List.of(drains(QUEUE)))));
    assertThat(judged.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(judged.message())
        .isEqualTo(
            known
                + """
                : holds, and it should not
                  expected:   INVALID
                  actual:     VALID
                outcome.told is INVALID: 0 of 1 claim is as expected
                  ALL_PROCESSED (root): all 8 items were processed""");
  }

  private Conclusion judge(Claim... parts) {
    return all(RULE, List.of(parts)).judge(sound);
  }
}
