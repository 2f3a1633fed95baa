package workqueue.junit;

import java.util.ArrayList;
import java.util.List;
import workqueue.cluster.Cluster;
import workqueue.cluster.NamespaceWatch;
import workqueue.cluster.ScenarioNamespace;
import workqueue.configuration.BrokerChoice;
import workqueue.configuration.Configuration;
import workqueue.configuration.Images;
import workqueue.report.EnvironmentInfo;
import workqueue.report.ScenarioNarration;
import workqueue.tutorial.Edition;
import workqueue.waiting.Patience;
import workqueue.walkthrough.Stage;
import workqueue.walkthrough.Walkthrough;

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
    Run run = scenario.shared();
    ScenarioNarration narration = scenario.narration(edition.steps().size());
    Configuration configuration = run.configuration();
    Patience patience = run.patience(narration::waits);
    Cluster cluster = run.cluster(images(configuration, run.images(), edition));
    ScenarioNamespace namespace = scenario.namespace(cluster, patience);
    NamespaceWatch watch = scenario.opened(new NamespaceWatch(cluster.client(), namespace.name()));
    Stage stage =
        new Stage(
            run.engine(),
            cluster,
            namespace,
            watch,
            configuration,
            run.images(),
            run.fixtures(),
            edition,
            run::containerBroker);
    Walkthrough walkthrough = Walkthrough.walk(stage, narration, patience);
    scenario.result().steps(walkthrough.steps());
    scenario.ranOn(
        cluster.facts(),
        walkthrough
            .broker()
            .map(facts -> new EnvironmentInfo.Broker(facts.kind(), facts.version()))
            .orElse(null),
        walkthrough.image().isEmpty()
            ? null
            : new EnvironmentInfo.Worker(
                walkthrough.image(), walkthrough.digest().isEmpty() ? null : walkthrough.digest()));
    if (walkthrough.failure().isPresent()) {
      throw walkthrough.failure().get();
    }
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
