package workqueue.junit;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import workqueue.broker.ContainerBroker;
import workqueue.cluster.Cluster;
import workqueue.cluster.ThrowawayCluster;

/**
 * What one scenario has for itself, to harm it: a broker, and a cluster if it harms nodes.
 *
 * @param cluster to be started with this many nodes; empty where it uses the run's
 */
record OwnEnvironment(Optional<ThrowawayCluster> cluster, int nodes, ContainerBroker broker)
    implements AutoCloseable {

  Optional<Cluster> startCluster(Supplier<List<String>> images) {
    return cluster.map(each -> each.keepingItsPort().start(nodes, images));
  }

  ContainerBroker startBroker() {
    return broker.keepingItsPorts().start();
  }

  @Override
  public void close() {
    try {
      broker.close();
    } finally {
      cluster.ifPresent(ThrowawayCluster::close);
    }
  }
}
