package workqueue.junit;

import java.util.ArrayList;
import java.util.List;
import workqueue.cluster.Cluster;
import workqueue.cluster.NamespaceWatch;
import workqueue.cluster.ScenarioNamespace;
import workqueue.configuration.BrokerChoice;
import workqueue.configuration.Configuration;
import workqueue.configuration.Images;
import workqueue.history.Evidence;
import workqueue.observer.Observation;
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
    Recording recording = scenario.recording();
    recording.evidence(Evidence.ofTutorial());
    Observation observation =
        scenario.opened(
            Observation.open(cluster.client(), namespace.name(), recording.recorder(), patience));
    Stage stage =
        new Stage(
            run.engine(),
            cluster,
            namespace,
            watch,
            observation,
            recording.header(List.of()),
            configuration,
            run.images(),
            run.fixtures(),
            edition,
            run::containerBroker);
    Walkthrough walkthrough = Walkthrough.walk(stage, narration, patience);
    scenario.result().steps(walkthrough.steps());
    scenario.ranOn(
        cluster.facts(), walkthrough.broker(), walkthrough.image(), walkthrough.digest());
    if (walkthrough.failure().isPresent()) {
      recording.keep(scenario.result());
      throw walkthrough.failure().get();
    }
    recording.judge(scenario.result(), Walkthrough.claims(configuration)).orThrow();
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
