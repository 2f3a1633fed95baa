package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.history.HarnessEvent.StepChecked;
import workqueue.history.HarnessEvent.StepEnd;
import workqueue.history.HarnessEvent.StepEnded;
import workqueue.history.HistoryBuilder;
import workqueue.history.Source;

class StepClaimsTest {
  private static final List<String> STEPS = List.of("start-service", "start-broker", "run-job");
  private static final Claim EACH = Claims.showsEachStep(STEPS);
  private static final Claim ONLY = Claims.failsOnlyAt("start-broker", STEPS);

  private static HistoryBuilder ended(HistoryBuilder told, String step, StepEnd end, String why) {
    return told.add(Source.HARNESS, new StepEnded(step, end, 1.5, List.of(), why));
  }

  private static HistoryBuilder walk(StepEnd first, StepEnd second, StepEnd third, String why) {
    HistoryBuilder told = ended(new HistoryBuilder(), "start-service", first, "");
    ended(told, "start-broker", second, second == StepEnd.SHOWN ? "" : why);
    return ended(told, "run-job", third, "");
  }

  private static Conclusion judge(Claim claim, HistoryBuilder told) {
    return claim.judge(told.history());
  }

  @Test
  void eachIsShown() {
    HistoryBuilder told = walk(StepEnd.SHOWN, StepEnd.SHOWN, StepEnd.SHOWN, "");
    assertThat(judge(EACH, told)).isEqualTo(Conclusion.valid());
    assertThat(EACH.words()).isEqualTo("each of 3 documented steps shows what it must");
    assertThat(EACH.decidedAt(told.history()).orElseThrow().event())
        .isEqualTo(new StepEnded("run-job", StepEnd.SHOWN, 1.5, List.of(), ""));
  }

  @Test
  void oneThatNeedsMoreThanThereIsIsLeftOut() {
    HistoryBuilder told = walk(StepEnd.SHOWN, StepEnd.NOT_RUN, StepEnd.SHOWN, "it needs an engine");
    assertThat(judge(EACH, told)).isEqualTo(Conclusion.valid());
  }

  @Test
  void aWalkOfWhichNothingCouldBeTriedShowsNothing() {
    HistoryBuilder told = new HistoryBuilder();
    STEPS.forEach(step -> ended(told, step, StepEnd.NOT_RUN, "it needs an engine"));
    assertThat(judge(EACH, told).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void oneIsNotShown() {
    Conclusion told =
        judge(EACH, walk(StepEnd.SHOWN, StepEnd.NOT_SHOWN, StepEnd.NOT_RUN, "No login in 180 s."));
    assertThat(told.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(told.explanation())
        .isEqualTo(
            """
            each of 3 documented steps shows what it must: start-broker does not
              expected:   what is documented
              actual:     No login in 180 s.""");
  }

  @Test
  void oneCouldNotBeDone() {
    HistoryBuilder walk =
        walk(StepEnd.SHOWN, StepEnd.NOT_DONE, StepEnd.NOT_RUN, "The disk is full.");
    Conclusion each = judge(EACH, walk);
    assertThat(each.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(each.explanation())
        .isEqualTo(
            """
            each of 3 documented steps shows what it must: start-broker could not be done
              actual:     The disk is full.""");
    Conclusion only = judge(ONLY, walk);
    assertThat(only.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(only.explanation())
        .isEqualTo(
            """
            exactly the step start-broker fails: start-broker could not be done
              actual:     The disk is full.""");
  }

  @Test
  void theRecordEndsBeforeTheWalk() {
    Conclusion told = judge(EACH, ended(new HistoryBuilder(), "start-service", StepEnd.SHOWN, ""));
    assertThat(told.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(told.explanation())
        .isEqualTo(
            """
            each of 3 documented steps shows what it must: cannot be told
              expected:   3 steps
              actual:     1 of them ended
              missing:    start-broker, run-job""");
  }

  @Test
  void whatAStepComparedHasTheLastWord() {
    HistoryBuilder told = new HistoryBuilder();
    told.add(
        Source.HARNESS,
        new StepChecked("start-service", "The Service's port", "5672", "5671", true));
    STEPS.forEach(step -> ended(told, step, StepEnd.SHOWN, ""));
    assertThat(judge(EACH, told).explanation())
        .isEqualTo(
            """
            each of 3 documented steps shows what it must: start-service does not
              expected:   what is documented
              actual:     The Service's port is not as documented.
            Expected: 5672
            Actual:   5671""");
  }

  @Test
  void whatAStepComparedIsAsDocumented() {
    HistoryBuilder told = new HistoryBuilder();
    told.add(
        Source.HARNESS,
        new StepChecked("start-service", "The Service's port", "5672", "5672", true));
    told.add(Source.HARNESS, new StepChecked("start-broker", "a login", null, "logged in", true));
    STEPS.forEach(step -> ended(told, step, StepEnd.SHOWN, ""));
    assertThat(judge(EACH, told)).isEqualTo(Conclusion.valid());
  }

  @Test
  void exactlyOneFails() {
    assertThat(judge(ONLY, walk(StepEnd.SHOWN, StepEnd.NOT_SHOWN, StepEnd.NOT_RUN, "No login.")))
        .isEqualTo(Conclusion.valid());
  }

  @Test
  void noneFailsOrAnotherOne() {
    Conclusion none = judge(ONLY, walk(StepEnd.SHOWN, StepEnd.SHOWN, StepEnd.SHOWN, ""));
    assertThat(none.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(none.explanation())
        .isEqualTo(
            """
            exactly the step start-broker fails: not only that, or not that
              expected:   what is documented before start-broker, and nothing tried after it
              actual:     start-broker shows what it must; run-job shows what it must""");
    HistoryBuilder earlier = ended(new HistoryBuilder(), "start-service", StepEnd.NOT_SHOWN, "no");
    ended(earlier, "start-broker", StepEnd.NOT_RUN, "");
    ended(earlier, "run-job", StepEnd.NOT_RUN, "");
    assertThat(judge(ONLY, earlier).explanation())
        .endsWith("start-service does not show what it must: no; start-broker was not run");
  }
}
