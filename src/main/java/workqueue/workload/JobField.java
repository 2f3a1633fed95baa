package workqueue.workload;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import workqueue.tutorial.JobDefinition;

/** A field of a Job that not every Kubernetes has: an API without it drops it without a word. */
@SuppressWarnings("ImmutableEnumChecker") // the functions hold no state
public enum JobField {
  SUSPEND("suspend", JobDefinition::suspended, spec -> Boolean.TRUE.equals(spec.getSuspend())),
  TIME_TO_LIVE(
      "ttlSecondsAfterFinished",
      job -> job.timeToLive(Duration.ZERO),
      spec -> spec.getTtlSecondsAfterFinished() != null),
  COMPLETION_MODE(
      "completionMode", JobDefinition::indexed, spec -> "Indexed".equals(spec.getCompletionMode())),
  BACKOFF_LIMIT_PER_INDEX(
      "backoffLimitPerIndex",
      job -> job.indexed().restartPolicy("Never").backoffLimitPerIndex(0),
      spec -> spec.getBackoffLimitPerIndex() != null),
  POD_FAILURE_POLICY(
      "podFailurePolicy",
      job -> job.restartPolicy("Never").onExitCode("Ignore", 42),
      spec -> spec.getPodFailurePolicy() != null),
  POD_REPLACEMENT_POLICY(
      "podReplacementPolicy",
      JobDefinition::replacesOnlyWhatFailed,
      spec -> "Failed".equals(spec.getPodReplacementPolicy())),
  SUCCESS_POLICY(
      "successPolicy",
      job -> job.indexed().contentWith(1),
      spec -> spec.getSuccessPolicy() != null),
  MANAGED_BY(
      "managedBy",
      job -> job.managedBy("example.com/queue"),
      spec -> "example.com/queue".equals(spec.getManagedBy())),
  IMAGE_VOLUME(
      "template.spec.volumes.image",
      job -> job.mounting(DataVolumes.imageVolume("example.com/data:1"), "/data", true),
      spec ->
          spec.getTemplate().getSpec().getVolumes().stream()
              .anyMatch(each -> each.getImage() != null)),
  SIDECAR(
      "template.spec.initContainers.restartPolicy",
      job -> job.sidecar("sidecar", "sleep 1"),
      spec ->
          spec.getTemplate().getSpec().getInitContainers().stream()
              .anyMatch(each -> "Always".equals(each.getRestartPolicy())));

  private final String name;
  private final UnaryOperator<JobDefinition> setting;
  private final Predicate<JobSpec> kept;

  JobField(String name, UnaryOperator<JobDefinition> setting, Predicate<JobSpec> kept) {
    this.name = name;
    this.setting = setting;
    this.kept = kept;
  }

  /** As {@code kubectl explain} takes it. */
  public String path() {
    return "job.spec." + name;
  }

  /** The Job with the field set, to see what becomes of it. */
  JobDefinition setIn(JobDefinition job) {
    return setting.apply(job);
  }

  /** Whether an answer of the API still has the field. */
  boolean isKeptIn(Job answer) {
    return kept.test(answer.getSpec());
  }
}
