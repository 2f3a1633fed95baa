package workqueue.history;

import java.util.List;

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

  /** Whether Kubernetes' own controller leaves it alone. */
  public boolean managedByOthers() {
    return !managedBy.isEmpty() && !managedBy.equals("kubernetes.io/job-controller");
  }
}
