package workqueue.walkthrough;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workqueue.Item;
import workqueue.Items;
import workqueue.broker.BrokerFacts;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Claims;
import workqueue.configuration.Configuration;
import workqueue.report.ScenarioNarration;
import workqueue.tutorial.Edition;
import workqueue.tutorial.Step;
import workqueue.waiting.Patience;

/** One walk through an edition of the documented procedure. */
public final class Walkthrough {
  private final Throwable failure;
  private final BrokerFacts broker;
  private final String queues;
  private final String image;
  private final String digest;

  private Walkthrough(StepRunner steps, BrokerSteps broker, ImageSteps image) {
    this.failure = steps.failure().orElse(null);
    this.broker = broker.facts();
    this.queues = broker.queues();
    this.image = image.reference();
    this.digest = image.digest();
  }

  /**
   * Walks every step of the stage's edition in order; after one that fails the rest is not run.
   *
   * @param narration is told of each step
   */
  public static Walkthrough walk(Stage stage, ScenarioNarration narration, Patience patience) {
    StepRunner steps =
        new StepRunner(stage.edition(), narration, stage.observation().recorder(), patience);
    List<Item> items = Items.ofTutorial(stage.configuration().items());
    try (BrokerSteps broker = new BrokerSteps(stage, steps);
        ImageSteps image = new ImageSteps(stage, steps)) {
      broker.walk();
      new TemporaryPodSteps(stage, steps, broker, items).walk();
      image.walk();
      new JobSteps(stage, steps, broker, image, items).walk();
      return new Walkthrough(steps, broker, image);
    }
  }

  /** What is claimed of the record of a walk. */
  public static List<Claim> claims(Edition edition, Configuration configuration) {
    List<Item> items = Items.ofTutorial(configuration.items());
    List<Claim> claims = new ArrayList<>();
    claims.add(showsEachStep(edition));
    claims.add(Claims.jobCompletesWith(configuration.completions()));
    claims.add(Claims.runsAtMost(configuration.parallelism()));
    claims.addAll(JobSteps.itemClaims(configuration, items));
    return claims;
  }

  /** What is claimed of the record of a walk that may have ended before its end. */
  public static Claim showsEachStep(Edition edition) {
    return Claims.showsEachStep(ids(edition));
  }

  /** What is claimed of the record of a walk that was made to fail at this step. */
  public static Claim failsOnlyAt(Step step, Edition edition) {
    return Claims.failsOnlyAt(step.id(), ids(edition));
  }

  private static List<String> ids(Edition edition) {
    return edition.steps().stream().map(Step::id).toList();
  }

  /** What made a step fail; empty if each passed. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** What the broker said of itself; empty if it never answered. */
  public Optional<BrokerFacts> broker() {
    return Optional.ofNullable(broker);
  }

  /** What the queues held at the end, a line for each; empty if the broker never answered. */
  public String queues() {
    return queues;
  }

  /** The worker's image as the Job names it; empty if the walk did not come so far. */
  public String image() {
    return image;
  }

  /** The digest of the pushed image; empty if none was pushed. */
  public String digest() {
    return digest;
  }
}
