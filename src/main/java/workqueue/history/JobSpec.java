package workqueue.history;

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
    String brokerUrlFault) {

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
        "");
  }

  /** Whether Kubernetes' own controller leaves it alone. */
  public boolean managedByOthers() {
    return !managedBy.isEmpty() && !managedBy.equals("kubernetes.io/job-controller");
  }

  public JobSpec withCompletions(Integer count) {
    return new JobSpec(
        count,
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
        brokerUrlFault);
  }

  public JobSpec withBackoffLimit(int retries) {
    return new JobSpec(
        completions,
        parallelism,
        retries,
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
        brokerUrlFault);
  }

  public JobSpec withActiveDeadlineSeconds(Long seconds) {
    return new JobSpec(
        completions,
        parallelism,
        backoffLimit,
        seconds,
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
        brokerUrlFault);
  }

  public JobSpec withSuspend(boolean suspended) {
    return new JobSpec(
        completions,
        parallelism,
        backoffLimit,
        activeDeadlineSeconds,
        suspended,
        ttlSecondsAfterFinished,
        restartPolicy,
        managedBy,
        image,
        queue,
        brokerUrl,
        gracePeriodSeconds,
        worker,
        ignoresFailures,
        brokerUrlFault);
  }

  public JobSpec withTtlSecondsAfterFinished(Integer seconds) {
    return new JobSpec(
        completions,
        parallelism,
        backoffLimit,
        activeDeadlineSeconds,
        suspend,
        seconds,
        restartPolicy,
        managedBy,
        image,
        queue,
        brokerUrl,
        gracePeriodSeconds,
        worker,
        ignoresFailures,
        brokerUrlFault);
  }

  public JobSpec withRestartPolicy(String policy) {
    return new JobSpec(
        completions,
        parallelism,
        backoffLimit,
        activeDeadlineSeconds,
        suspend,
        ttlSecondsAfterFinished,
        policy,
        managedBy,
        image,
        queue,
        brokerUrl,
        gracePeriodSeconds,
        worker,
        ignoresFailures,
        brokerUrlFault);
  }

  public JobSpec withManagedBy(String controller) {
    return new JobSpec(
        completions,
        parallelism,
        backoffLimit,
        activeDeadlineSeconds,
        suspend,
        ttlSecondsAfterFinished,
        restartPolicy,
        controller,
        image,
        queue,
        brokerUrl,
        gracePeriodSeconds,
        worker,
        ignoresFailures,
        brokerUrlFault);
  }

  public JobSpec withImage(String reference) {
    return new JobSpec(
        completions,
        parallelism,
        backoffLimit,
        activeDeadlineSeconds,
        suspend,
        ttlSecondsAfterFinished,
        restartPolicy,
        managedBy,
        reference,
        queue,
        brokerUrl,
        gracePeriodSeconds,
        worker,
        ignoresFailures,
        brokerUrlFault);
  }

  public JobSpec withQueue(String name) {
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
        name,
        brokerUrl,
        gracePeriodSeconds,
        worker,
        ignoresFailures,
        brokerUrlFault);
  }

  public JobSpec withBrokerUrl(String url) {
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
        url,
        gracePeriodSeconds,
        worker,
        ignoresFailures,
        brokerUrlFault);
  }

  public JobSpec withGracePeriodSeconds(int seconds) {
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
        seconds,
        worker,
        ignoresFailures,
        brokerUrlFault);
  }

  public JobSpec withWorker(String container) {
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
        container,
        ignoresFailures,
        brokerUrlFault);
  }

  public JobSpec withIgnoresFailures(boolean some) {
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
        some,
        brokerUrlFault);
  }

  public JobSpec withBrokerUrlFault(String fault) {
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
        fault);
  }
}
