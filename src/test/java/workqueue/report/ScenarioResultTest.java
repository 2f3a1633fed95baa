package workqueue.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import workqueue.checker.claim.Judgement;
import workqueue.checker.claim.Verdict;
import workqueue.history.HarnessEvent.Deviation;

class ScenarioResultTest {
  private static final Judgement SURPRISE =
      new Judgement("it happens", Verdict.VALID, Verdict.INVALID, "", List.of());

  @Test
  void takesItsVerdictFromStepsAndClaims() {
    assertThat(Results.outcome().build().verdict()).isEqualTo(Verdict.VALID);
    assertThat(Results.outcome().claims(List.of(SURPRISE)).build().verdict())
        .isEqualTo(Verdict.INVALID);
    assertThat(Results.outcome().claims(List.of()).build().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(Results.invalid("walkthrough.classic").verdict()).isEqualTo(Verdict.INVALID);
  }

  @Test
  void isNotValidAgainstItsParts() {
    for (ScenarioResult.Builder builder :
        List.of(
            Results.outcome().claims(List.of(SURPRISE)),
            Results.outcome().claims(List.of()).steps(List.of()),
            Results.outcome().claims(List.of()).steps(List.of(StepResult.notRun("run-job"))),
            Results.outcome()
                .claims(List.of())
                .steps(List.of(StepResult.failed("x", 0, List.of(), "no"))))) {
      assertThatThrownBy(() -> builder.verdict(Verdict.VALID).build())
          .hasMessage(
              "A scenario is VALID only if something was claimed or done and all of it held:"
                  + " outcome.completions-below-items");
    }
  }

  @Test
  void maybeAWalkWithoutClaims() {
    assertThat(Results.outcome().claims(List.of()).verdict(Verdict.VALID).build().verdict())
        .isEqualTo(Verdict.VALID);
  }

  @Test
  void tellsWhyItIsNotValid() {
    assertThat(Results.outcome().build().reason()).isEmpty();
    assertThat(Results.unknown("a.b").reason())
        .contains("The cluster did not start.\nSee the node's log.");
    assertThat(Results.invalid("a.b").reason().orElseThrow()).startsWith("start-broker: No AMQP");
    assertThat(Results.outcome().claims(List.of(SURPRISE)).build().reason())
        .contains("it happens: INVALID, expected VALID");
    assertThat(
            Results.outcome()
                .claims(
                    List.of(
                        new Judgement("c", Verdict.VALID, Verdict.UNKNOWN, "A gap.", List.of())))
                .build()
                .reason())
        .contains("A gap.");
    assertThat(Results.outcome().claims(List.of()).build().reason())
        .contains("No claim was judged.");
  }

  @Test
  void rejectsNonsense() {
    assertThatThrownBy(() -> ScenarioResult.builder("exact", "x").build())
        .hasMessage("A scenario's id is <suite>.<what-happens> in small letters, not \"exact\".");
    assertThatThrownBy(() -> ScenarioResult.builder("a.b", " ").build())
        .hasMessage("A scenario says what happens: a.b");
    assertThatThrownBy(() -> Results.outcome().repetition(0).build())
        .hasMessage("Repetitions count from 1, not 0.");
    assertThatThrownBy(() -> Results.outcome().verdictLatencySeconds(-1).build())
        .hasMessage("Seconds are a number from 0 on, not -1.0.");
    assertThatThrownBy(() -> new Figure(" ", 1, "s"))
        .hasMessage("A figure says what was measured.");
    assertThatThrownBy(() -> new Figure("peak heap", Double.NaN, "MiB"))
        .hasMessage("A figure is a number: peak heap is NaN.");
    assertThatThrownBy(() -> new EnvironmentInfo.Cluster("throwaway", "k3s", "v1", 0))
        .hasMessage("A cluster has at least one node, not 0.");
    assertThatThrownBy(() -> new EnvironmentInfo.Cluster(" ", "k3s", "v1", 1))
        .hasMessage("The cluster's kind is not known.");
    assertThatThrownBy(() -> new EnvironmentInfo.Broker(null, "4", "", Map.of()))
        .hasMessage("The broker's kind is not known.");
    assertThatThrownBy(() -> new EnvironmentInfo.Worker("", null))
        .hasMessage("The worker's image is not known.");
    assertThatThrownBy(() -> new Deviation("python", "", "gone"))
        .hasMessage(
            "A deviation says what is documented, what was done and why, not \"python\", \"\","
                + " \"gone\".");
    assertThatThrownBy(() -> StepResult.failed("run-job", 1, List.of(), " "))
        .hasMessage("A failed step says why, and one that passed does not: run-job failed:  ");
    assertThatThrownBy(
            () -> new RunResult(1, Verdict.VALID, Results.RUN, List.of(), Map.of(), true, null))
        .hasMessage("A run's verdict is the worst of its scenarios, UNKNOWN, not VALID.");
  }

  @Test
  void takesAStepsMessageFromWhatWasThrown() {
    assertThat(StepResult.failed("x", 0, List.of(), new AssertionError("amqp://u:p@h")).message())
        .isEqualTo("amqp://u:***@h");
    assertThat(StepResult.failed("x", 0, List.of(), new IllegalStateException()).message())
        .isEqualTo("java.lang.IllegalStateException");
  }
}
