package workqueue.workload;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import workqueue.Item;
import workqueue.broker.Broker;
import workqueue.cluster.Cluster;
import workqueue.cluster.ScenarioNamespace;
import workqueue.configuration.QueueContract;
import workqueue.history.History;
import workqueue.history.Recorder;
import workqueue.tutorial.Fixtures;
import workqueue.tutorial.JobDefinition;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;

/** Where the work is done, and who watches it; a scenario's own. */
public interface Surroundings {

  ScenarioNamespace namespace();

  Broker broker();

  /** The cluster that the namespace is in. */
  Cluster cluster();

  /** The files that the harness comes with. */
  Fixtures fixtures();

  /** Builds an image for the time of the scenario, and names it as pods do. */
  String built(Path context);

  /** Keeps the record of what is done and found. */
  Recorder recorder();

  /** The documented Job with the worker's image, on this broker and in this namespace. */
  JobDefinition job();

  /** Makes sure that it is recorded what the queue holds. */
  void watch(String queue);

  /** The arguments with which the queues of workers are declared. */
  Map<String, Object> queueArguments();

  /** Whether the queues of workers outlive their broker. */
  boolean durableQueues();

  /** The exchange that feeds the queues of workers; empty if they are fed by their names. */
  Optional<QueueContract.Feed> feed();

  /** Publishes items and records each. */
  void publish(String queue, Collection<Item> items);

  /**
   * Records a Deployment of workers, which was made or stopped.
   *
   * @param replicaSet the uid of what makes its pods
   * @param active how many pods it is to have from now on
   * @param served whether it was stopped because its queue is empty
   */
  void deployed(Job workers, String replicaSet, Instant created, int active, boolean served);

  /**
   * Waits until the Job is over or can not complete by itself any more.
   *
   * @param completions how many of its pods are to succeed: the more, the longer the limit
   */
  void awaitEnd(String job, int completions);

  /** Has something closed after the scenario. */
  void closesLater(AutoCloseable resource);

  /** Waits until the record shows something. */
  void await(String what, Function<History, Sight<Boolean>> look);

  Patience patience();
}
