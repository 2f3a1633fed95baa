package workqueue.walkthrough;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import workqueue.EnvironmentTrouble;
import workqueue.report.Adapted;
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
 * Runs an edition's steps in order, tells of each, and stops at the first that fails; one that
 * needs more than there is says so, and is gone past.
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
  private final List<StepResult> results = new ArrayList<>();
  private Throwable failure;

  StepRunner(Edition edition, ScenarioNarration narration, Patience patience) {
    this.plan = edition.steps();
    this.narration = narration;
    this.patience = patience.telling(narration::waits);
  }

  /** What is done in a step. */
  @FunctionalInterface
  interface Body {
    void run(Notes notes) throws Exception;
  }

  /** What a step has to say beside passing or failing. */
  static final class Notes {
    private final List<Adapted> adapted = new ArrayList<>();

    /** Labels something that was done otherwise than documented. */
    void adapted(Adaptation adaptation) {
      adapted.add(new Adapted(adaptation.documented(), adaptation.done(), adaptation.why()));
    }
  }

  /** Tells through the narration what it waits for. */
  Patience patience() {
    return patience;
  }

  /** Runs the next step, unless one before it failed. */
  void run(Step step, Body body) {
    int number = results.size() + 1;
    if (number > plan.size() || plan.get(number - 1) != step) {
      throw new IllegalStateException(
          "Step " + step.id() + " is not the " + number + "th of the edition.");
    }
    StepResult result = failure == null ? walk(number, step, body) : StepResult.notRun(step.id());
    if (result.status() == StepResult.Status.NOT_RUN && result.message() == null) {
      allure.notRun(title(number, step));
    }
    results.add(result);
    narration.ends(number, result);
  }

  /** What became of the steps so far. */
  List<StepResult> results() {
    return List.copyOf(results);
  }

  /** What made a step fail; empty if none did. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private StepResult walk(int number, Step step, Body body) {
    narration.begins(number, step.id(), step.title());
    long start = System.nanoTime();
    Notes notes = new Notes();
    try {
      allure.run(
          title(number, step),
          reported -> {
            try {
              body.run(notes);
            } finally {
              notes.adapted.forEach(reported::adapted);
            }
          });
      return StepResult.passed(step.id(), seconds(start), notes.adapted);
    } catch (StepNotRun needsMore) {
      return StepResult.notRun(step.id(), needsMore.getMessage());
    } catch (Exception | AssertionError thrown) {
      failure = explain(step, thrown);
    }
    return StepResult.failed(step.id(), seconds(start), notes.adapted, failure);
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
