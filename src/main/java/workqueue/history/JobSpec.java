package workqueue.history;

import java.util.List;
import java.util.function.Consumer;

/**
 * What was asked of a Job.
 *
 * @param completions how many pods must succeed; null if the first success decides
 * @param backoffLimit retries before the Job fails
 * @param activeDeadlineSeconds null if there is none
 * @param ttlSecondsAfterFinished null if it stays
 * @param restartPolicy {@code OnFailure} or {@code Never}
 * @param managedBy another controller than Kubernetes' own, empty if none
 * @param queue the queue its workers are told to use (QUEUE), empty if not known
 * @param brokerUrl the broker its workers are told to use (BROKER_URL), without the password
 * @param gracePeriodSeconds between SIGTERM and SIGKILL
 * @param worker the container of its pods that does the work, empty if not known
 * @param ignoresFailures whether some failed pods do not count, by its {@code podFailurePolicy}
 * @param brokerUrlFault what is wrong with the broker's URL itself, as it reads after "the URL";
 *     empty if nothing
 * @param volumes what its pods mount, each container's mount of a volume by itself
 */
public record JobSpec(
    Integer completions,
    int parallelism,
    int backoffLimit,
    Long activeDeadlineSeconds,
    boolean suspend,
    Integer ttlSecondsAfterFinished,
    String restartPolicy,
    String managedBy,
    String image,
    String queue,
    String brokerUrl,
    int gracePeriodSeconds,
    String worker,
    Boolean ignoresFailures,
    String brokerUrlFault,
    List<JobVolume> volumes) {

  public JobSpec {
    restartPolicy = Text.clean(restartPolicy);
    managedBy = Text.clean(managedBy);
    image = Text.clean(image);
    queue = Text.clean(queue);
    brokerUrl = Text.clean(brokerUrl);
    worker = Text.clean(worker);
    // Recordings from before it was recorded lack it.
    ignoresFailures = ignoresFailures != null && ignoresFailures;
    brokerUrlFault = Text.clean(brokerUrlFault);
    volumes = volumes == null ? List.of() : List.copyOf(volumes);
  }

  /** The documented Job with these numbers: OnFailure, Kubernetes' defaults otherwise. */
  public static JobSpec of(int completions, int parallelism) {
    return new JobSpec(
        completions,
        parallelism,
        6,
        null,
        false,
        null,
        "OnFailure",
        "",
        "",
        "",
        "",
        30,
        "",
        false,
        "",
        List.of());
  }

  /** Whether Kubernetes' own controller leaves it alone. */
  public boolean managedByOthers() {
    return !managedBy.isEmpty() && !managedBy.equals("kubernetes.io/job-controller");
  }

  public JobSpec withCompletions(Integer count) {
    return with(changed -> changed.completions = count);
  }

  public JobSpec withBackoffLimit(int retries) {
    return with(changed -> changed.backoffLimit = retries);
  }

  public JobSpec withActiveDeadlineSeconds(Long seconds) {
    return with(changed -> changed.activeDeadlineSeconds = seconds);
  }

  public JobSpec withSuspend(boolean suspended) {
    return with(changed -> changed.suspend = suspended);
  }

  public JobSpec withTtlSecondsAfterFinished(Integer seconds) {
    return with(changed -> changed.ttlSecondsAfterFinished = seconds);
  }

  public JobSpec withRestartPolicy(String policy) {
    return with(changed -> changed.restartPolicy = policy);
  }

  public JobSpec withManagedBy(String controller) {
    return with(changed -> changed.managedBy = controller);
  }

  public JobSpec withImage(String reference) {
    return with(changed -> changed.image = reference);
  }

  public JobSpec withQueue(String name) {
    return with(changed -> changed.queue = name);
  }

  public JobSpec withBrokerUrl(String url) {
    return with(changed -> changed.brokerUrl = url);
  }

  public JobSpec withGracePeriodSeconds(int seconds) {
    return with(changed -> changed.gracePeriodSeconds = seconds);
  }

  public JobSpec withWorker(String container) {
    return with(changed -> changed.worker = container);
  }

  public JobSpec withIgnoresFailures(boolean some) {
    return with(changed -> changed.ignoresFailures = some);
  }

  public JobSpec withBrokerUrlFault(String fault) {
    return with(changed -> changed.brokerUrlFault = fault);
  }

  public JobSpec withVolumes(List<JobVolume> mounted) {
    return with(changed -> changed.volumes = List.copyOf(mounted));
  }

  private JobSpec with(Consumer<Changed> change) {
    Changed changed = new Changed(this);
    change.accept(changed);
    return changed.spec();
  }

  /** The fields of a specification that is put together from another. */
  private static final class Changed {
    private Integer completions;
    private int parallelism;
    private int backoffLimit;
    private Long activeDeadlineSeconds;
    private boolean suspend;
    private Integer ttlSecondsAfterFinished;
    private String restartPolicy;
    private String managedBy;
    private String image;
    private String queue;
    private String brokerUrl;
    private int gracePeriodSeconds;
    private String worker;
    private Boolean ignoresFailures;
    private String brokerUrlFault;
    private List<JobVolume> volumes;

    private Changed(JobSpec spec) {
      completions = spec.completions;
      parallelism = spec.parallelism;
      backoffLimit = spec.backoffLimit;
      activeDeadlineSeconds = spec.activeDeadlineSeconds;
      suspend = spec.suspend;
      ttlSecondsAfterFinished = spec.ttlSecondsAfterFinished;
      restartPolicy = spec.restartPolicy;
      managedBy = spec.managedBy;
      image = spec.image;
      queue = spec.queue;
      brokerUrl = spec.brokerUrl;
      gracePeriodSeconds = spec.gracePeriodSeconds;
      worker = spec.worker;
      ignoresFailures = spec.ignoresFailures;
      brokerUrlFault = spec.brokerUrlFault;
      volumes = spec.volumes;
    }

    private JobSpec spec() {
      return new JobSpec(
          completions,
          parallelism,
          backoffLimit,
          activeDeadlineSeconds,
          suspend,
          ttlSecondsAfterFinished,
          restartPolicy,
          managedBy,
          image,
          queue,
          brokerUrl,
          gracePeriodSeconds,
          worker,
          ignoresFailures,
          brokerUrlFault,
          volumes);
    }
  }
}
