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
    int gracePeriodSeconds) {

  public JobSpec {
    restartPolicy = Text.clean(restartPolicy);
    managedBy = Text.clean(managedBy);
    image = Text.clean(image);
    queue = Text.clean(queue);
    brokerUrl = Text.clean(brokerUrl);
  }

  /** The documented Job with these numbers: OnFailure, Kubernetes' defaults otherwise. */
  public static JobSpec of(int completions, int parallelism) {
    return new JobSpec(
        completions, parallelism, 6, null, false, null, "OnFailure", "", "", "", "", 30);
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
        gracePeriodSeconds);
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
        gracePeriodSeconds);
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
        gracePeriodSeconds);
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
        gracePeriodSeconds);
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
        gracePeriodSeconds);
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
        gracePeriodSeconds);
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
        gracePeriodSeconds);
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
        gracePeriodSeconds);
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
        gracePeriodSeconds);
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
        gracePeriodSeconds);
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
        seconds);
  }
}
