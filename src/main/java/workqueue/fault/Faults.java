package workqueue.fault;

import java.time.Duration;
import workqueue.cluster.ClusterNode;
import workqueue.history.PodRef;

/**
 * The faults that a scenario can have strike.
 *
 * <p>Each call returns when it is certain that the fault struck. What lasts is healed by the {@link
 * Fault} that is returned, or else after the scenario. Nodes are harmed in a cluster of the
 * scenario's own only; what cannot be struck is an {@link workqueue.EnvironmentTrouble}.
 */
public final class Faults {
  private final ContainerFaults containers;
  private final PodFaults pods;
  private final NodeFaults nodes;
  private final BrokerFaults broker;
  private final RouteFaults route;
  private final WireFaults wire;

  public Faults(Site site) {
    Strikes strikes = new Strikes(site);
    this.pods = new PodFaults(site, strikes);
    this.containers = new ContainerFaults(site, strikes, pods);
    this.nodes = new NodeFaults(site, strikes, pods);
    this.broker = new BrokerFaults(site, strikes, containers);
    this.route = new RouteFaults(site, strikes);
    this.wire = new WireFaults(site, strikes);
  }

  /**
   * Kills all processes of the pod's first container: by its node where that is a throwaway one,
   * elsewhere from inside, where the container's first process survives the signal and ends by
   * itself for lack of its child.
   */
  public Fault kill(PodRef pod) {
    return containers.kill(pod);
  }

  /** Deletes the pod, with the grace that it asks for. */
  public Fault delete(PodRef pod) {
    return pods.delete(pod);
  }

  /**
   * Deletes the pod.
   *
   * @param grace in whole seconds; with 0 its object goes at once, whatever its containers do
   */
  public Fault delete(PodRef pod, Duration grace) {
    return pods.delete(pod, grace);
  }

  /** Evicts the pod, as a drain of its node does. */
  public Fault evict(PodRef pod) {
    return pods.evict(pod);
  }

  /** The node with the control plane. */
  public ClusterNode server() {
    return nodes.server();
  }

  /** The first node without a control plane. */
  public ClusterNode agent() {
    return nodes.agent();
  }

  /** Has the node take no more pods and evicts the scenario's; healing has it take pods again. */
  public Fault drain(ClusterNode node) {
    return nodes.drain(node);
  }

  /** Shuts an agent down; healing starts it and waits until it is Ready. */
  public Fault stop(ClusterNode agent) {
    return nodes.stop(agent);
  }

  /**
   * Ends an agent as a power failure does: connections of its pods linger at their other ends.
   * Healing starts it and waits until it is Ready.
   */
  public Fault kill(ClusterNode agent) {
    return nodes.kill(agent);
  }

  /**
   * Freezes the node's kubelet while its containers run on; healing has it go on. After about 40 s
   * the node is called lost.
   */
  public Fault freezeKubelet(ClusterNode node) {
    return nodes.freezeKubelet(node);
  }

  /**
   * Ends the node's kubelet while its containers run on, and waits until the one that is started in
   * its place reports the node Ready.
   */
  public Fault restartKubelet(ClusterNode node) {
    return nodes.restartKubelet(node);
  }

  /**
   * Kills the node with the control plane; pods on agents run on. Healing starts it again, as the
   * cluster it was, and waits until it is Ready.
   */
  public Fault takeApiServerAway() {
    return nodes.takeApiServerAway();
  }

  /** The faults of the broker. */
  public BrokerFaults broker() {
    return broker;
  }

  /** The faults of the Service that leads to a broker beside the cluster. */
  public RouteFaults route() {
    return route;
  }

  /** The faults of the wire; for scenarios that are given a {@code Wire}. */
  public WireFaults wire() {
    return wire;
  }
}
