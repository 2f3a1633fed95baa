package workqueue.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import workqueue.waiting.Patience;

/** A Kubernetes cluster that scenarios run in: a throwaway one, or one that exists. */
public interface Cluster extends AutoCloseable {

  KubernetesClient client();

  ClusterFacts facts();

  /**
   * The namespace of a scenario, in which pods can be made.
   *
   * @param scenario its id
   * @param run the id of the run
   */
  default ScenarioNamespace open(String scenario, String run, Patience patience) {
    return ScenarioNamespace.open(client(), scenario, run, patience);
  }

  /** Whether what a suite can do without may be done here. */
  default boolean may(Right right) {
    return true;
  }

  /** The nodes that the harness has started and may harm: none of a cluster that exists. */
  default List<ClusterNode> nodes() {
    return List.of();
  }

  /**
   * Makes images of this machine's engine usable by pods.
   *
   * @return the references for the pods' specs, in the order of the images
   * @throws workqueue.EnvironmentTrouble if an image exists nowhere
   */
  List<String> provide(Collection<String> images);

  /** A registry that this machine pushes to and the cluster pulls from under the same name. */
  Optional<Registry> registry();

  /**
   * Where a port of a container of this machine's engine is reached from pods.
   *
   * @param containerId the container
   * @param port the port inside the container
   */
  Reach reach(String containerId, int port);

  /**
   * Where a port on which this JVM listens, on all its addresses, is reached from pods; empty if
   * they do not get here.
   */
  Optional<Reach> reachHere(int port);

  /**
   * The address of the pod that opened a connection to this JVM, empty where that cannot be
   * established; asks the node, so it takes some 100 ms.
   *
   * @param peer where the connection seems to come from: all pods of a node have its address
   * @param port the port of this JVM that it was made to
   * @throws workqueue.EnvironmentTrouble if the node cannot be asked
   */
  default Optional<String> podBehind(InetSocketAddress peer, int port) {
    return Optional.empty();
  }

  /**
   * An address and a port.
   *
   * @param ip as Endpoints take it
   * @param port from 1 to 65535
   */
  record Reach(String ip, int port) {}

  @Override
  void close();
}
