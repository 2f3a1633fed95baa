package workqueue.fault;

import java.util.Optional;
import workqueue.broker.Broker;
import workqueue.broker.ContainerBroker;
import workqueue.cluster.Cluster;
import workqueue.cluster.ScenarioNamespace;
import workqueue.history.Recorder;
import workqueue.waiting.Patience;
import workqueue.wire.WireTap;

/** Where faults strike and who keeps the record; a scenario's own. */
public interface Site {

  Cluster cluster();

  /** Whether no other scenario runs on the cluster, so that its nodes may be harmed. */
  boolean hasOwnCluster();

  ScenarioNamespace namespace();

  Broker broker();

  /** The broker in a container that no other scenario uses, so that it may be stopped. */
  Optional<ContainerBroker> ownBroker();

  /**
   * The tap between workers and broker.
   *
   * @throws workqueue.EnvironmentTrouble if there is none
   */
  WireTap tap();

  Recorder recorder();

  Patience patience();

  /** Has something closed after the scenario, whatever becomes of it. */
  void closesLater(AutoCloseable resource);
}
