package workqueue.scenario;

import java.util.List;
import workqueue.Rule;
import workqueue.conformance.Check;
import workqueue.gate.Specimen;
import workqueue.tutorial.Caveat;
import workqueue.tutorial.Edition;

/**
 * What a scenario is, before it runs.
 *
 * @param id {@code <suite>.<what-happens>}
 * @param title what happens, in a sentence
 * @param brokerInCluster whether it runs on the documented broker whatever {@code wq.broker} says
 * @param ownBroker whether it has a broker in a container of its own
 * @param nodes of the throwaway cluster of its own; 0 for the cluster that all share
 * @param server what the server of its own cluster is told besides
 * @param documents what of the page it shows
 */
public record ScenarioDefinition(
    String id,
    String title,
    boolean brokerInCluster,
    Edition brokerEdition,
    boolean ownBroker,
    int nodes,
    List<String> server,
    List<Caveat> documents) {
  private static final String SELF_TEST = "selftest.";
  private static final String WORKERS = "workers.";
  private static final String GATE = "gate.";

  /** The trial of a specimen; what it has for itself follows from its rule and its folder. */
  public static ScenarioDefinition of(Specimen specimen) {
    return of(SELF_TEST, specimen);
  }

  /** The trial of a worker on a client library. */
  public static ScenarioDefinition ofWorker(Specimen specimen) {
    return of(WORKERS, specimen);
  }

  private static ScenarioDefinition of(String suite, Specimen specimen) {
    Specimen.Setup setup = specimen.setup();
    return new ScenarioDefinition(
        suite + specimen.name(),
        specimen.about(),
        false,
        Edition.CURRENT,
        specimen.rule() == Rule.SURVIVES_BROKER_RESTART,
        setup.server().isEmpty() ? 0 : 1,
        setup.server(),
        List.of());
  }

  /** Whether it has a cluster of its own. */
  boolean hasOwnCluster() {
    return nodes > 0;
  }

  /** Whether it tries a worker on a client library. */
  boolean triesWorker() {
    return id.startsWith(WORKERS);
  }

  /** Whether it tries the worker that is declared. */
  boolean triesTheirWorker() {
    return id.startsWith(GATE);
  }

  /** Whether it tries a worker, whosever it is. */
  boolean tries() {
    return triesTheirWorker() || triesWorker() || id.startsWith(SELF_TEST);
  }

  /** A check of the run's cluster. */
  public static ScenarioDefinition of(Check check) {
    return plain(check.scenario(), check.sentence());
  }

  /** One that runs on what the run shares. */
  public static ScenarioDefinition plain(String id, String title) {
    return new ScenarioDefinition(
        id, title, false, Edition.CURRENT, false, 0, List.of(), List.of());
  }

  /** What follows the suite's name in the id. */
  String name() {
    return id.substring(id.indexOf('.') + 1);
  }
}
