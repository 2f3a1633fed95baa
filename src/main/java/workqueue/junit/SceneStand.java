package workqueue.junit;

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

/** A stand in a scene of its own, whoever is tried there. */
abstract class SceneStand implements Stand {
  final Scene scene;
  final Workload workload;
  private final String queue;

  SceneStand(Scene scene, String queue) {
    this.scene = scene;
    this.queue = queue;
    this.workload = new Workload(scene);
  }

  @Override
  public Workload workload() {
    return workload;
  }

  @Override
  public void weighs() {
    scene.tapped();
    scene.weighs();
  }

  @Override
  public void compares(HarnessEvent with) {
    scene.recorder().record(Source.HARNESS, with);
  }

  @Override
  public void await(String what, Function<History, Sight<Boolean>> look) {
    scene.await(what, look);
  }

  @Override
  public Duration limit(Duration unscaled) {
    return scene.patience().limit(unscaled);
  }

  @Override
  public void tapsTheWire() {
    scene.tapped();
  }

  @Override
  public boolean seesTheWire() {
    return scene.isTapped();
  }

  @Override
  public Faults faults() {
    return new Faults(scene);
  }

  @Override
  public Optional<String> whyNoRestart() {
    return scene.broker() instanceof InClusterBroker && !scene.cluster().may(Right.EXEC)
        ? Optional.of(
            "the broker in the cluster is restarted by a command in its pod, and the credentials"
                + " lack the right "
                + Right.EXEC
                + "; with its pod its data would go")
        : Optional.empty();
  }

  @Override
  public void readWhatIsLeft(String queue) {
    scene.readWhatIsLeft(queue);
  }

  @Override
  public String queue() {
    return queue;
  }

  @Override
  public String ownLogin() {
    return scene.ownLogin();
  }

  @Override
  public String refusedLogin() {
    return scene.refusedLogin();
  }
}
