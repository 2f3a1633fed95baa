package workqueue.scenario;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import workqueue.broker.InClusterBroker;
import workqueue.cluster.Right;
import workqueue.fault.Faults;
import workqueue.gate.Stand;
import workqueue.history.HarnessEvent;
import workqueue.history.History;
import workqueue.history.Source;
import workqueue.waiting.Sight;
import workqueue.workload.Workload;

/** A stand in a scenario's environment, whoever is tried there. */
abstract class ScenarioStand implements Stand {
  final ScenarioEnvironment environment;
  final Workload workload;
  private final String queue;

  ScenarioStand(ScenarioEnvironment environment, String queue) {
    this.environment = environment;
    this.queue = queue;
    this.workload = new Workload(environment);
  }

  @Override
  public Workload workload() {
    return workload;
  }

  @Override
  public void compares(HarnessEvent with) {
    environment.recorder().record(Source.HARNESS, with);
  }

  @Override
  public void await(String what, Function<History, Sight<Boolean>> look) {
    environment.await(what, look);
  }

  @Override
  public Duration limit(Duration unscaled) {
    return environment.patience().limit(unscaled);
  }

  @Override
  public boolean seesTheWire() {
    return environment.isTapped();
  }

  @Override
  public Faults faults() {
    return new Faults(environment);
  }

  @Override
  public Optional<String> whyNoRestart() {
    return environment.broker() instanceof InClusterBroker && !environment.cluster().may(Right.EXEC)
        ? Optional.of(
            "the broker in the cluster is restarted by a command in its pod, and the credentials"
                + " lack the right "
                + Right.EXEC
                + "; with its pod its data would go")
        : Optional.empty();
  }

  @Override
  public void readWhatIsLeft(String from) {
    environment.readWhatIsLeft(from);
  }

  @Override
  public String queue() {
    return queue;
  }

  @Override
  public String ownLogin() {
    return environment.ownLogin();
  }

  @Override
  public String refusedLogin() {
    return environment.refusedLogin();
  }
}
