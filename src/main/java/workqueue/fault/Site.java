package workqueue.fault;

import workqueue.broker.Broker;
import workqueue.cluster.Cluster;
import workqueue.cluster.ScenarioNamespace;
import workqueue.history.Recorder;
import workqueue.waiting.Patience;

/** Where faults strike and who keeps the record; a scenario's own. */
public interface Site {

  Cluster cluster();

  /** Whether no other scenario runs on the cluster, so that its nodes may be harmed. */
  boolean hasOwnCluster();

  ScenarioNamespace namespace();

  Broker broker();

  Recorder recorder();

  Patience patience();

  /** Has something closed after the scenario, whatever becomes of it. */
  void closesLater(AutoCloseable resource);
}
