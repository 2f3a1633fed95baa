package workqueue.junit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.expecting;
import static workqueue.checker.claim.Verdict.UNKNOWN;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.ClaimsUndecided;
import workqueue.report.ScenarioResult;

class RecordingTest {
  // Nothing is recorded here.
  private static final Claim UNDECIDED = expecting(UNKNOWN, drains("job1"));

  @TempDir Path reports;
  private Recording recording;

  @BeforeEach
  void open() {
    recording =
        new Recording(
            "outcome.told",
            reports,
            "outcome.told",
            ScenarioResult.builder("outcome.told", "What is told"));
  }

  private void isNotJudged() {
    assertThatThrownBy(recording::requireJudged)
        .isInstanceOf(ClaimsUndecided.class)
        .hasMessage(
            """
            outcome.told ended without a claim of what was recorded, so nothing is known.
            Remedy: judge the recording at its end.""");
  }

  @Test
  void whoWaitsBeforeAnythingIsRecordedIsToldSo() {
    assertThatThrownBy(() -> recording.await("a success", history -> false))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            outcome.told waits for something in its record, and nothing is recorded yet.
            Remedy: fill a queue or run a Job first; what is recorded begins there.""");
  }

  @Test
  void aScenarioThatJudgesNothingFails() {
    isNotJudged();
  }

  @Test
  void aScenarioThatIsJudgedInPartOnlyFails() {
    recording.judgeSoFar("first", UNDECIDED);
    isNotJudged();
  }

  @Test
  void aScenarioThatClaimsNothingAtItsEndFails() {
    assertThatThrownBy(recording::judge).isInstanceOf(ClaimsUndecided.class);
    isNotJudged();
  }

  @Test
  void aScenarioThatIsJudgedAtItsEndDoesNotFail() {
    recording.judgeSoFar("first", UNDECIDED);
    recording.judge(UNDECIDED);
    recording.requireJudged();
  }

  @Test
  void aScenarioIsJudgedByAListOfClaimsAsWell() {
    recording.judge(List.of(UNDECIDED));
    recording.requireJudged();
  }
}
