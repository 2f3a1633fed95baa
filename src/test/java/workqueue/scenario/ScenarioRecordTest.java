package workqueue.scenario;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.expecting;
import static workqueue.checker.claim.Verdict.UNKNOWN;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.ClaimsUndecided;
import workqueue.report.ScenarioResult;

class ScenarioRecordTest {
  // Nothing is recorded here.
  private static final Claim UNDECIDED = expecting(UNKNOWN, drains("job1"));

  @TempDir Path reports;
  private ScenarioRecord record;

  @BeforeEach
  void open() {
    record =
        new ScenarioRecord(
            "outcome.told",
            reports,
            "outcome.told",
            ScenarioResult.builder("outcome.told", "What is told"));
  }

  private void isNotJudged() {
    assertThatThrownBy(record::requireJudged)
        .isInstanceOf(ClaimsUndecided.class)
        .hasMessage(
            """
            outcome.told ended without a claim of what was recorded, so nothing is known.
            Remedy: judge the recording at its end.""");
  }

  @Test
  void aScenarioThatJudgesNothingFails() {
    isNotJudged();
  }

  @Test
  void aScenarioThatIsJudgedInPartOnlyFails() {
    record.judgeSoFar("first", List.of(UNDECIDED));
    isNotJudged();
  }

  @Test
  void aScenarioThatClaimsNothingAtItsEndFails() {
    assertThatThrownBy(() -> record.judge(List.of()).orThrow()).isInstanceOf(ClaimsUndecided.class);
    isNotJudged();
  }

  @Test
  void aScenarioThatIsJudgedAtItsEndDoesNotFail() {
    record.judgeSoFar("first", List.of(UNDECIDED));
    record.judge(List.of(UNDECIDED));
    record.requireJudged();
  }

  @Test
  void aScenarioIsJudgedByAListOfClaimsAsWell() {
    record.judge(List.of(UNDECIDED));
    record.requireJudged();
  }
}
