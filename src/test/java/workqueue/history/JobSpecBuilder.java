package workqueue.history;

import java.util.List;

/** Puts together what a Job that is made up asks for: the documented one with some changes. */
public final class JobSpecBuilder {
  /** Kubernetes' default. */
  private static final int BACKOFF_LIMIT = 6;

  private static final int GRACE_SECONDS = 30;

  private Integer completions;
  private final int parallelism;
  private boolean suspend;
  private Integer ttlSecondsAfterFinished;
  private String restartPolicy = "OnFailure";
  private String managedBy = "";
  private String image = "";
  private String queue = "";
  private String brokerUrl = "";
  private String worker = "";
  private boolean ignoresFailures;
  private String brokerUrlFault = "";
  private List<JobVolume> volumes = List.of();

  public JobSpecBuilder(int completions, int parallelism) {
    this.completions = completions;
    this.parallelism = parallelism;
  }

  public JobSpecBuilder withCompletions(Integer count) {
    completions = count;
    return this;
  }

  public JobSpecBuilder withSuspend(boolean suspended) {
    suspend = suspended;
    return this;
  }

  public JobSpecBuilder withTtlSecondsAfterFinished(Integer seconds) {
    ttlSecondsAfterFinished = seconds;
    return this;
  }

  public JobSpecBuilder withRestartPolicy(String policy) {
    restartPolicy = policy;
    return this;
  }

  public JobSpecBuilder withManagedBy(String controller) {
    managedBy = controller;
    return this;
  }

  public JobSpecBuilder withImage(String reference) {
    image = reference;
    return this;
  }

  public JobSpecBuilder withQueue(String name) {
    queue = name;
    return this;
  }

  public JobSpecBuilder withBrokerUrl(String url) {
    brokerUrl = url;
    return this;
  }

  public JobSpecBuilder withWorker(String container) {
    worker = container;
    return this;
  }

  public JobSpecBuilder withIgnoresFailures(boolean some) {
    ignoresFailures = some;
    return this;
  }

  public JobSpecBuilder withBrokerUrlFault(String fault) {
    brokerUrlFault = fault;
    return this;
  }

  public JobSpecBuilder withVolumes(List<JobVolume> mounted) {
    volumes = mounted;
    return this;
  }

  public JobSpec build() {
    return new JobSpec(
        completions,
        parallelism,
        BACKOFF_LIMIT,
        null,
        suspend,
        ttlSecondsAfterFinished,
        restartPolicy,
        managedBy,
        image,
        queue,
        brokerUrl,
        GRACE_SECONDS,
        worker,
        ignoresFailures,
        brokerUrlFault,
        volumes);
  }
}
