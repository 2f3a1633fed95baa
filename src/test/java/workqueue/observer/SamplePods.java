package workqueue.observer;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;

/** Pods as the API server gives them. */
final class SamplePods {
  private SamplePods() {}

  static PodBuilder worker() {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("demo")
        .withName("job-wq-1-abcde")
        .withUid("pod-uid")
        .withResourceVersion("7")
        .addNewOwnerReference()
        .withKind("Job")
        .withName("job-wq-1")
        .withUid("job-uid")
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("OnFailure")
        .endSpec()
        .withNewStatus()
        .withPhase("Running")
        .endStatus();
  }

  static Pod withStatus(ContainerStatusBuilder status) {
    return worker().editStatus().addToContainerStatuses(status.build()).endStatus().build();
  }

  static ContainerStatusBuilder status(int restartCount) {
    return new ContainerStatusBuilder().withName("c").withRestartCount(restartCount);
  }

  static ContainerState waiting(String reason) {
    return new ContainerStateBuilder().withNewWaiting().withReason(reason).endWaiting().build();
  }

  static ContainerState running(Instant since) {
    return new ContainerStateBuilder()
        .withNewRunning()
        .withStartedAt(since.toString())
        .endRunning()
        .build();
  }

  /** Ended then, after five seconds. */
  static ContainerState ended(String id, int exitCode, String reason, Instant at) {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withContainerID(id)
        .withExitCode(exitCode)
        .withReason(reason)
        .withStartedAt(at.minusSeconds(5).toString())
        .withFinishedAt(at.toString())
        .endTerminated()
        .build();
  }
}
