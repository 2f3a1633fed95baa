package workqueue.workload;

import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import workqueue.Counted;
import workqueue.EnvironmentTrouble;
import workqueue.broker.Depth;
import workqueue.cluster.ScenarioNamespace;
import workqueue.tutorial.JobDefinition;
import workqueue.waiting.Sight;

/** Workers that never end, as a Deployment that was created in a scenario's namespace. */
final class RunningDeployment {
  private static final Duration MADE = Duration.ofSeconds(30);
  private static final Duration GONE = Duration.ofSeconds(90);
  private static final Duration BETWEEN = Duration.ofMillis(200);

  private final Surroundings place;
  private final JobDefinition workers;
  private final String queue;
  private final String replicaSet;
  private final Instant created;
  private boolean stopped;

  private RunningDeployment(
      Surroundings place, JobDefinition workers, String queue, String replicaSet, Instant created) {
    this.place = place;
    this.workers = workers;
    this.queue = queue;
    this.replicaSet = replicaSet;
    this.created = created;
  }

  /**
   * Creates it.
   *
   * @throws workqueue.waiting.WaitedInVain if nobody makes its ReplicaSet within 30 s
   */
  static RunningDeployment start(Surroundings place, JobDefinition workers, String queue) {
    ScenarioNamespace namespace = place.namespace();
    KubernetesClient client = namespace.client();
    namespace.create(workers.toDeployment());
    ReplicaSet made =
        place
            .patience()
            .await(
                "the ReplicaSet of Deployment " + workers.name(),
                MADE,
                BETWEEN,
                () -> {
                  List<ReplicaSet> all =
                      client
                          .apps()
                          .replicaSets()
                          .inNamespace(namespace.name())
                          .withLabel("job-name", workers.name())
                          .list()
                          .getItems();
                  return all.isEmpty() ? Sight.notYet("there is none") : Sight.found(all.get(0));
                });
    RunningDeployment running =
        new RunningDeployment(
            place,
            workers,
            queue,
            made.getMetadata().getUid(),
            Instant.parse(made.getMetadata().getCreationTimestamp()));
    running.record(workers.toDeployment().getSpec().getReplicas(), false);
    return running;
  }

  /** Stops it if its queue holds nothing any more, and waits until its pods are gone. */
  void stopIfServed() {
    if (served()) {
      stop();
    }
  }

  /** Stops it whatever its queue holds, and waits until its pods are gone. */
  void stop() {
    if (stopped) {
      return;
    }
    KubernetesClient client = place.namespace().client();
    String namespace = place.namespace().name();
    client.apps().deployments().inNamespace(namespace).withName(workers.name()).scale(0);
    place
        .patience()
        .await(
            "the pods of Deployment " + workers.name() + " to be gone",
            GONE,
            BETWEEN,
            () -> {
              int left =
                  client
                      .pods()
                      .inNamespace(namespace)
                      .withLabel("job-name", workers.name())
                      .list()
                      .getItems()
                      .size();
              return Sight.when(left == 0, Counted.are(left, "pod") + " there");
            });
    stopped = true;
    record(0, served());
  }

  private boolean served() {
    try {
      Depth depth = place.broker().depth(queue);
      return depth.ready() == 0 && depth.unacked() <= 0;
    } catch (EnvironmentTrouble noQueue) {
      return false;
    }
  }

  private void record(int active, boolean served) {
    place.deployed(workers.toJob(), replicaSet, created, active, served);
  }
}
