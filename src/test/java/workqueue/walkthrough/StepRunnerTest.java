package workqueue.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import workqueue.EnvironmentTrouble;
import workqueue.history.HarnessEvent.Deviation;
import workqueue.history.HarnessEvent.StepChecked;
import workqueue.history.HarnessEvent.StepEnd;
import workqueue.history.HarnessEvent.StepEnded;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.Recorder;
import workqueue.report.ScenarioNarration;
import workqueue.report.StepResult;
import workqueue.tutorial.Adaptation;
import workqueue.tutorial.Edition;
import workqueue.tutorial.Step;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;

class StepRunnerTest {
  private static final List<Step> STEPS = Edition.CURRENT.steps();

  private final Recorder recorder = new Recorder(Clock.systemUTC());
  private final Told told = new Told();
  private final StepRunner steps =
      new StepRunner(Edition.CURRENT, told, recorder, new Patience(1, Progress.NONE));

  /** Keeps what it is told of each step's end. */
  private static final class Told implements ScenarioNarration {
    private final List<StepResult> ends = new ArrayList<>();

    @Override
    public void begins(int number, String id, String title) {}

    @Override
    public void waits(String what, String lastState, Duration waited, Duration limit) {}

    @Override
    public void says(String text) {}

    @Override
    public void ends(int number, StepResult result) {
      ends.add(result);
    }
  }

  private void walk(Map<Step, StepRunner.Body> bodies) {
    STEPS.forEach(step -> steps.run(step, bodies.getOrDefault(step, notes -> {})));
  }

  private History history() {
    return recorder.history(new Header("test", Instant.EPOCH, null, null, null));
  }

  private StepEnded ended(Step step) {
    return history()
        .last(StepEnded.class, each -> each.step().equals(step.id()))
        .orElseThrow()
        .event();
  }

  @Test
  void recordsEachStepAndWhatItDidOtherwise() {
    walk(
        Map.of(STEPS.get(1), notes -> notes.adapted(new Adaptation("image a", "image b", "no a"))));

    assertThat(history().all(StepEnded.class))
        .extracting(each -> each.event().step() + " " + each.event().end())
        .containsExactlyElementsOf(STEPS.stream().map(each -> each.id() + " SHOWN").toList());
    assertThat(ended(STEPS.get(1)).deviations())
        .containsExactly(new Deviation("image a", "image b", "no a"));
    assertThat(StepResult.allIn(history())).isEqualTo(told.ends);
    assertThat(steps.failure()).isEmpty();
  }

  @Test
  void triesNothingAfterAStepThatDoesNotShowWhatIsDocumented() {
    walk(
        Map.of(
            STEPS.get(1),
            notes -> {
              throw new StepFailed("No login in 180 s.");
            }));

    assertThat(ended(STEPS.get(0)).end()).isEqualTo(StepEnd.SHOWN);
    assertThat(ended(STEPS.get(1)).end()).isEqualTo(StepEnd.NOT_SHOWN);
    assertThat(ended(STEPS.get(1)).message()).isEqualTo("No login in 180 s.");
    assertThat(STEPS.subList(2, STEPS.size()))
        .allSatisfy(each -> assertThat(ended(each).end()).isEqualTo(StepEnd.NOT_RUN));
    assertThat(StepResult.allIn(history())).isEqualTo(told.ends);
    assertThat(steps.failure()).containsInstanceOf(StepFailed.class);
  }

  @Test
  void recordsWhatItComparesUntilTheFirstThatDiffers() {
    walk(
        Map.of(
            STEPS.get(1),
            notes -> {
              steps.expect(true, "a Service rabbitmq-service", "10.43.0.7");
              steps.expectEqual("The tools", Set.of("b", "a"), new TreeSet<>(Set.of("a", "b")));
              steps.expectEqual("The port", 5672, 5671);
              steps.expectEqual("The queue", "foo", "foo");
            }));

    String step = STEPS.get(1).id();
    assertThat(history().all(StepChecked.class))
        .extracting(each -> (Object) each.event())
        .containsExactly(
            new StepChecked(step, "a Service rabbitmq-service", null, "10.43.0.7", true),
            new StepChecked(step, "The tools", "[a, b]", "[a, b]", true),
            new StepChecked(step, "The port", "5672", "5671", false));
    assertThat(ended(STEPS.get(1)).end()).isEqualTo(StepEnd.NOT_SHOWN);
    assertThat(ended(STEPS.get(1)).message())
        .isEqualTo(
            """
            The port is not as documented.
            Expected: 5672
            Actual:   5671""");
  }

  @Test
  void passwordsAreComparedAndNotRecorded() {
    walk(
        Map.of(
            STEPS.get(0),
            notes -> steps.expectEqual("The URL", "amqp://u:one@h", "amqp://u:two@h")));

    assertThat(history().all(StepChecked.class))
        .extracting(each -> (Object) each.event())
        .containsExactly(
            new StepChecked(
                STEPS.get(0).id(), "The URL", "amqp://u:***@h", "amqp://u:***@h", false));
    assertThat(ended(STEPS.get(0)).end()).isEqualTo(StepEnd.NOT_SHOWN);
  }

  @Test
  void whatKeepsAStepFromBeingDoneDoesNotBlameTheSystem() {
    walk(
        Map.of(
            STEPS.get(0),
            notes -> {
              throw new IllegalStateException("the disk is full");
            }));

    assertThat(ended(STEPS.get(0)).end()).isEqualTo(StepEnd.NOT_DONE);
    assertThat(ended(STEPS.get(0)).message())
        .isEqualTo("Step %s could not be done: the disk is full".formatted(STEPS.get(0).id()));
    assertThat(steps.failure()).containsInstanceOf(EnvironmentTrouble.class);
  }

  @Test
  void aStepThatNeedsMoreThanThereIsSaysSoAndTheWalkGoesOn() {
    walk(
        Map.of(
            STEPS.get(0),
            notes -> {
              throw new StepNotRun("it needs an engine");
            }));

    assertThat(ended(STEPS.get(0)))
        .isEqualTo(
            new StepEnded(STEPS.get(0).id(), StepEnd.NOT_RUN, 0, List.of(), "it needs an engine"));
    assertThat(ended(STEPS.get(1)).end()).isEqualTo(StepEnd.SHOWN);
  }
}
