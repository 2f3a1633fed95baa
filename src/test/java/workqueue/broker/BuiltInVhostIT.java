package workqueue.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import workqueue.cluster.Engine;
import workqueue.cluster.RunLock;
import workqueue.cluster.ScenarioNamespace;
import workqueue.cluster.ThrowawayCluster;
import workqueue.configuration.ChosenImages;
import workqueue.configuration.Images;
import workqueue.configuration.WorkerLogin;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;

/** A worker that has a virtual host built in, as most have the one that a broker begins with. */
class BuiltInVhostIT {
  private static final Patience PATIENCE = new Patience(1, Progress.NONE);
  private static final String RUN = "wq-vhost-" + Long.toString(System.nanoTime() % 1_000_000, 36);

  @Test
  void theHarnessMayUseTheVirtualHostThatWasThereBefore() {
    Images images = ChosenImages.get();
    RunLock lock = RunLock.take(RunLock.usualFolder(), RUN);
    try (ThrowawayCluster cluster =
            new ThrowawayCluster(
                    Engine.connect(PATIENCE), images.cluster(), images.registry(), lock, PATIENCE)
                .start(1, List::of);
        ContainerBroker broker =
            new ContainerBroker(images.broker(), Optional.of(cluster.network()), lock, PATIENCE)
                .start();
        ScenarioNamespace namespace =
            ScenarioNamespace.open(cluster.client(), "broker.vhost", RUN, PATIENCE);
        Broker opened =
            broker.open(
                cluster, namespace, Broker.SERVICE, new WorkerLogin("guest", "guest", "/"))) {
      opened.amqp().declare("task_queue");

      assertThat(opened.depth("task_queue").ready()).isZero();
    } finally {
      lock.close();
    }
  }
}
