package workqueue.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.Cluster;
import workqueue.cluster.ScenarioNamespace;
import workqueue.configuration.BrokerChoice;
import workqueue.configuration.Configuration;
import workqueue.configuration.Images;
import workqueue.observer.Observation;
import workqueue.report.ScenarioNarration;
import workqueue.report.StepResult;
import workqueue.tutorial.Edition;
import workqueue.tutorial.Fixtures;
import workqueue.tutorial.Step;
import workqueue.waiting.Patience;
import workqueue.walkthrough.Stage;
import workqueue.walkthrough.Walkthrough;
import workqueue.workload.FolderCopy;

/** Walks an edition of the documented procedure in the scenario's own namespace. */
public final class Walker {
  private final ScenarioRun scenario;

  Walker(ScenarioRun scenario) {
    this.scenario = scenario;
  }

  /**
   * Walks every step of the edition and reports each.
   *
   * @throws AssertionError if a step does not show what is documented
   * @throws workqueue.EnvironmentTrouble if the environment kept a step from being done
   */
  public void walk(Edition edition) throws Throwable {
    SharedEnvironment shared = scenario.shared();
    Configuration configuration = shared.configuration();
    Walkthrough walkthrough = walk(edition, configuration, shared.fixtures());
    ScenarioRecord record = scenario.record();
    if (walkthrough.failure().isPresent()) {
      record.judge(List.of(Walkthrough.showsEachStep(edition)));
      throw walkthrough.failure().get();
    }
    record.judge(Walkthrough.claims(edition, configuration)).orThrow();
  }

  /**
   * Walks the current edition on fixtures that are wrong on purpose, with a broker beside the
   * cluster and a worker that takes no time, and claims that exactly one step fails.
   *
   * @param expected the step that must fail; those before it pass, those after it are not run
   * @param broker the broker that the walk starts
   * @param damage changes a copy of the fixtures
   */
  public void walkBroken(Step expected, BrokerChoice broker, Consumer<Path> damage) {
    SharedEnvironment shared = scenario.shared();
    try (FolderCopy copy = FolderCopy.of(shared.fixtures().root())) {
      damage.accept(copy.root());
      Walkthrough walkthrough =
          walk(
              Edition.CURRENT,
              shared.configuration().with(broker, Duration.ZERO),
              new Fixtures(copy.root()));
      if (walkthrough.failure().orElse(null) instanceof EnvironmentTrouble trouble) {
        throw trouble;
      }
      scenario
          .record()
          .judge(List.of(Walkthrough.failsOnlyAt(expected, Edition.CURRENT)))
          .orThrow();
    }
  }

  private Walkthrough walk(Edition edition, Configuration configuration, Fixtures fixtures) {
    SharedEnvironment shared = scenario.shared();
    ScenarioNarration narration = scenario.narration(edition.steps().size());
    Patience patience = shared.patience(narration::waits);
    Cluster cluster = shared.cluster(() -> images(configuration, shared.images(), edition));
    ScenarioNamespace namespace = scenario.namespace(cluster, patience);
    ScenarioRecord record = scenario.record();
    Observation observation =
        scenario.opened(Observation.open(namespace, record.recorder(), patience));
    Stage stage =
        new Stage(
            shared::engine,
            cluster,
            namespace,
            observation,
            record.header(List.of()),
            configuration,
            shared.images(),
            fixtures,
            edition,
            shared.labels(),
            shared::containerBroker);
    Walkthrough walkthrough = Walkthrough.walk(stage, narration, patience);
    scenario.result().steps(StepResult.allIn(record.history()));
    if (!walkthrough.queues().isEmpty()) {
      scenario.attaches("queues.txt", walkthrough.queues());
    }
    scenario.ranIn(
        cluster.facts(), walkthrough.broker(), walkthrough.image(), walkthrough.digest());
    return walkthrough;
  }

  private static List<String> images(Configuration configuration, Images images, Edition edition) {
    List<String> needed = new ArrayList<>();
    if (configuration
        .broker()
        .filter(each -> !(each instanceof BrokerChoice.InCluster))
        .isEmpty()) {
      needed.add(configuration.brokerImage());
    }
    needed.add(edition == Edition.CLASSIC ? images.classicBase() : images.currentBase());
    return needed;
  }
}
