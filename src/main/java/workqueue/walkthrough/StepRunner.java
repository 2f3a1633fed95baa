package workqueue.walkthrough;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import workqueue.EnvironmentTrouble;
import workqueue.history.HarnessEvent.Deviation;
import workqueue.history.HarnessEvent.StepChecked;
import workqueue.history.HarnessEvent.StepEnd;
import workqueue.history.HarnessEvent.StepEnded;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.report.AllureSteps;
import workqueue.report.ScenarioNarration;
import workqueue.report.StepResult;
import workqueue.tutorial.Adaptation;
import workqueue.tutorial.Edition;
import workqueue.tutorial.Step;
import workqueue.waiting.Patience;
import workqueue.waiting.WaitedInVain;
import workqueue.workload.BuildFailed;

/**
 * Runs an edition's steps in order, records and tells of each, and stops at the first that fails;
 * one that needs more than there is says so, and is gone past.
 *
 * <p>A step that is run out of order, twice or not at all is a mistake of the walk itself.
 */
final class StepRunner {
  // What the API says of an object that it does not take; anything else speaks of the API itself.
  private static final Set<Integer> REFUSALS = Set.of(400, 403, 409, 422);

  private final List<Step> plan;
  private final ScenarioNarration narration;
  private final AllureSteps allure = new AllureSteps();
  private final Patience patience;
  private final Recorder recorder;
  private int walked;
  private String running = "";
  private AllureSteps.Step reported;
  private Throwable failure;

  StepRunner(Edition edition, ScenarioNarration narration, Recorder recorder, Patience patience) {
    this.plan = edition.steps();
    this.recorder = recorder;
    this.narration = narration;
    this.patience = patience.telling(narration::waits);
  }

  /** What is done in a step. */
  @FunctionalInterface
  interface Body {
    void run(Notes notes) throws Exception;
  }

  /** What a step has to say beside what comes of it. */
  static final class Notes {
    private final List<Deviation> deviations = new ArrayList<>();

    /** Labels something that was done otherwise than documented. */
    void adapted(Adaptation adaptation) {
      deviations.add(new Deviation(adaptation.documented(), adaptation.done(), adaptation.why()));
    }
  }

  /** Tells through the narration what it waits for. */
  Patience patience() {
    return patience;
  }

  /**
   * Compares what the step that runs shows with what is documented, and records both.
   *
   * @throws StepFailed if they differ
   */
  void expectEqual(String what, Object expected, Object actual) {
    check(
        new StepChecked(
            running, what, words(expected), words(actual), Objects.equals(expected, actual)));
  }

  /**
   * Records whether the step that runs shows what it must.
   *
   * @throws StepFailed if it does not hold
   */
  void expect(boolean holds, String what, Object seen) {
    check(new StepChecked(running, what, null, words(seen), holds));
  }

  /** The same words for the same content. */
  private static String words(Object value) {
    if (value instanceof Map<?, ?> map) {
      return new TreeMap<>(map).toString();
    }
    return value instanceof Set<?> set ? new TreeSet<>(set).toString() : String.valueOf(value);
  }

  private void check(StepChecked check) {
    recorder.record(Source.HARNESS, check);
    reported.checked(check);
    if (!check.passes()) {
      throw new StepFailed(check.failure());
    }
  }

  /** Runs the next step, unless one before it failed. */
  void run(Step step, Body body) {
    int number = walked + 1;
    if (number > plan.size() || plan.get(number - 1) != step) {
      throw new IllegalStateException(
          "Step " + step.id() + " is not the " + number + "th of the edition.");
    }
    StepEnded ended =
        failure == null
            ? walk(number, step, body)
            : new StepEnded(step.id(), StepEnd.NOT_RUN, 0, List.of(), "");
    recorder.record(Source.HARNESS, ended);
    if (ended.end() == StepEnd.NOT_RUN && ended.message().isEmpty()) {
      allure.notRun(title(number, step));
    }
    walked++;
    narration.ends(number, StepResult.of(ended));
  }

  /** What made a step fail; empty if none did. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private StepEnded walk(int number, Step step, Body body) {
    narration.begins(number, step.id(), step.title());
    long start = System.nanoTime();
    Notes notes = new Notes();
    running = step.id();
    StepEnd end;
    String message = "";
    try {
      allure.run(
          title(number, step),
          report -> {
            reported = report;
            try {
              body.run(notes);
            } finally {
              notes.deviations.forEach(report::adapted);
            }
          });
      end = StepEnd.SHOWN;
    } catch (StepNotRun needsMore) {
      end = StepEnd.NOT_RUN;
      message = needsMore.getMessage();
    } catch (Exception | AssertionError thrown) {
      failure = explain(step, thrown);
      end = failure instanceof AssertionError ? StepEnd.NOT_SHOWN : StepEnd.NOT_DONE;
      message = Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getName());
    }
    return new StepEnded(
        step.id(), end, end == StepEnd.NOT_RUN ? 0 : seconds(start), notes.deviations, message);
  }

  /**
   * Tells a step that did not show what is documented from one that could not be done: only what is
   * known to speak of the system blames it.
   */
  private static Throwable explain(Step step, Throwable thrown) {
    if (thrown instanceof AssertionError || thrown instanceof EnvironmentTrouble) {
      return thrown;
    }
    if (thrown instanceof KubernetesClientException refused
        && REFUSALS.contains(refused.getCode())) {
      return new StepFailed("The API refuses it: " + words(refused), refused);
    }
    boolean speaksOfTheSystem =
        thrown instanceof BuildFailed
            || (thrown instanceof WaitedInVain inVain && inVain.isHopeless());
    if (speaksOfTheSystem) {
      return new StepFailed(thrown.getMessage(), thrown);
    }
    return new EnvironmentTrouble(
        "Step %s could not be done: %s".formatted(step.id(), thrown.getMessage()), thrown);
  }

  /** What the API server said, without the request that it was said to. */
  static String words(KubernetesClientException refused) {
    return refused.getStatus() != null && refused.getStatus().getMessage() != null
        ? refused.getStatus().getMessage()
        : String.valueOf(refused.getMessage());
  }

  private String title(int number, Step step) {
    return number + "/" + plan.size() + " " + step.id() + ": " + step.title();
  }

  private static double seconds(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
  }
}
