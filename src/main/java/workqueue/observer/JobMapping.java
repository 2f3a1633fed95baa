package workqueue.observer;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.UncountedTerminatedPods;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import workqueue.configuration.BrokerUrl;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.Condition;
import workqueue.history.JobRef;
import workqueue.history.JobSpec;
import workqueue.tutorial.WorkerContainer;

/** What a Job's object says, as an event. */
final class JobMapping {
  private static final int DEFAULT_BACKOFF_LIMIT = 6;
  private static final int DEFAULT_GRACE_SECONDS = 30;

  private JobMapping() {}

  static JobRef ref(Job job) {
    return new JobRef(
        job.getMetadata().getNamespace(), job.getMetadata().getName(), job.getMetadata().getUid());
  }

  static JobState state(Job job) {
    JobStatus status = job.getStatus() == null ? new JobStatus() : job.getStatus();
    Long generation = job.getMetadata().getGeneration();
    return new JobState(
        ref(job),
        spec(job),
        generation == null ? 0 : generation,
        Times.of(job.getMetadata().getCreationTimestamp()),
        Times.of(status.getStartTime()),
        or(status.getActive(), 0),
        or(status.getSucceeded(), 0),
        or(status.getFailed(), 0),
        status.getReady(),
        status.getTerminating(),
        status.getConditions().stream().map(JobMapping::condition).toList(),
        uncounted(status.getUncountedTerminatedPods()));
  }

  private static Integer uncounted(UncountedTerminatedPods pods) {
    return pods == null ? null : pods.getSucceeded().size() + pods.getFailed().size();
  }

  /**
   * A Deployment whose pods are as this Job would have them, in the words of a Job: Kubernetes
   * knows no end of it, and so it is over when the harness has stopped it.
   *
   * @param uid of the ReplicaSet that makes its pods
   * @param active how many pods it is to have
   * @param served whether it was stopped because its queue is empty
   */
  static JobState serving(Job job, String uid, Instant created, int active, boolean served) {
    return new JobState(
        new JobRef(job.getMetadata().getNamespace(), job.getMetadata().getName(), uid),
        spec(job),
        1,
        created,
        created,
        active,
        0,
        0,
        null,
        null,
        served
            ? List.of(
                new Condition("Complete", "True", "Served", "stopped by the harness", created))
            : List.of(),
        null);
  }

  private static JobSpec spec(Job job) {
    io.fabric8.kubernetes.api.model.batch.v1.JobSpec spec = job.getSpec();
    PodSpec pod = spec.getTemplate().getSpec();
    List<Container> containers = pod.getContainers();
    Optional<Container> worker =
        containers.isEmpty()
            ? Optional.empty()
            : Optional.of(containers.get(WorkerContainer.in(spec.getTemplate()).orElse(0)));
    String url = variable(containers, "BROKER_URL");
    Long grace = pod.getTerminationGracePeriodSeconds();
    return new JobSpec(
        spec.getCompletions(),
        or(spec.getParallelism(), 1),
        or(spec.getBackoffLimit(), DEFAULT_BACKOFF_LIMIT),
        spec.getActiveDeadlineSeconds(),
        Boolean.TRUE.equals(spec.getSuspend()),
        spec.getTtlSecondsAfterFinished(),
        pod.getRestartPolicy(),
        spec.getManagedBy(),
        worker.map(Container::getImage).orElse(""),
        variable(containers, "QUEUE"),
        BrokerUrl.redacted(url),
        grace == null ? DEFAULT_GRACE_SECONDS : grace.intValue(),
        worker.map(Container::getName).orElse(""),
        ignoresFailures(spec),
        BrokerUrl.fault(url).orElse(""),
        VolumeMapping.of(pod));
  }

  private static boolean ignoresFailures(io.fabric8.kubernetes.api.model.batch.v1.JobSpec spec) {
    return spec.getPodFailurePolicy() != null
        && spec.getPodFailurePolicy().getRules().stream()
            .anyMatch(rule -> "Ignore".equals(rule.getAction()));
  }

  /** The host that the Job's workers are told to find the broker at. */
  static Optional<String> brokerHost(Job job) {
    try {
      return Optional.ofNullable(
          URI.create(variable(job.getSpec().getTemplate().getSpec().getContainers(), "BROKER_URL"))
              .getHost());
    } catch (IllegalArgumentException noUrl) {
      return Optional.empty();
    }
  }

  /** The first container's that sets it to a plain value; empty if none does. */
  private static String variable(List<Container> containers, String name) {
    return containers.stream()
        .flatMap(container -> container.getEnv().stream())
        .filter(each -> name.equals(each.getName()))
        .map(EnvVar::getValue)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  private static Condition condition(JobCondition each) {
    return new Condition(
        each.getType(),
        each.getStatus(),
        each.getReason(),
        each.getMessage(),
        Times.of(each.getLastTransitionTime()));
  }

  private static int or(Integer number, int otherwise) {
    return number == null ? otherwise : number;
  }
}
