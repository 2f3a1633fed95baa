package workqueue.workload;

import java.util.Collection;
import workqueue.Item;
import workqueue.broker.Broker;
import workqueue.cluster.ScenarioNamespace;
import workqueue.tutorial.JobDefinition;
import workqueue.waiting.Patience;

/** Where the work is done, and who watches it; a scenario's own. */
public interface Surroundings {

  ScenarioNamespace namespace();

  Broker broker();

  /** The documented Job with the worker's image, on this broker and in this namespace. */
  JobDefinition job();

  /** Makes sure that it is recorded what the queue holds. */
  void watch(String queue);

  /** Publishes items and records each. */
  void publish(String queue, Collection<Item> items);

  /** Waits until the Job is over or can not complete by itself any more. */
  void awaitEnd(String job);

  /** Has something closed after the scenario. */
  void closesLater(AutoCloseable resource);

  /** Records a fault that is about to strike. */
  void injects(String kind, String target);

  /** Records that a fault is over. */
  void heals(String kind, String target);

  Patience patience();
}
