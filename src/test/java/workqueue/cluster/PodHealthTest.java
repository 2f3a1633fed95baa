package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodHealthTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "InvalidImageName | couldn't parse image reference",
        "ErrImageNeverPull | Container image is not present with pull policy of Never",
        "CreateContainerConfigError | secret \"broker\" not found",
        "RunContainerError | exec: \"/no/such/program\": stat: no such file or directory",
      })
  void whatCannotGetBetterIsHopelessAtOnce(String reason, String message) {
    assertThat(PodHealth.hopeless(waiting(reason, message), 0))
        .contains("pod job-wq-1-x Pending, " + reason + ": " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ContainerCreating | ''",
        "ErrImagePull | i/o timeout",
        "CreateContainerConfigError | failed to sync secret cache: timed out waiting",
        "RunContainerError | context deadline exceeded",
        "RunContainerError | error mounting /etc/hosts: no such file or directory",
        "CrashLoopBackOff | back-off 10s restarting failed container",
      })
  void whatMayPassIsNotHopeless(String reason, String message) {
    assertThat(PodHealth.hopeless(waiting(reason, message), 2)).isEmpty();
  }

  @Test
  void anImageIsHopelessOnlyAfterItWasPulledForInVainTwice() {
    Pod pod = waiting("ImagePullBackOff", "Back-off pulling image \"x\"");

    assertThat(PodHealth.hopeless(pod, 1)).isEmpty();
    assertThat(PodHealth.hopeless(pod, 2))
        .contains("pod job-wq-1-x Pending, ImagePullBackOff: Back-off pulling image \"x\"");
  }

  private static Pod waiting(String reason, String message) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("job-wq-1-x")
        .endMetadata()
        .withNewStatus()
        .withPhase("Pending")
        .addNewContainerStatus()
        .withRestartCount(0)
        .withNewState()
        .withNewWaiting()
        .withReason(reason)
        .withMessage(message)
        .endWaiting()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }
}
