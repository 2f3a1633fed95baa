package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
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

  @Test
  void whatIsKilledForMemoryAgainAndAgainIsSaidToBe() {
    assertThat(PodHealth.failsAgainAndAgain(killed("OOMKilled", "")))
        .contains(
            "the container of pod rabbitmq-0 ended again and again, last with exit code 137, killed"
                + " for want of memory (limit 96Mi)");
    assertThat(
            PodHealth.failsAgainAndAgain(
                killed(
                    "OOMKilled",
                    "LimitRanger plugin set: cpu, memory request for container rabbitmq; memory limit"
                        + " for container rabbitmq")))
        .hasValueSatisfying(text -> assertThat(text).endsWith("(limit 96Mi, set by a LimitRange)"));
    assertThat(PodHealth.failsAgainAndAgain(killed("Error", "")))
        .contains("the container of pod rabbitmq-0 ended again and again, last with exit code 137");
  }

  @Test
  void whatIsToRunForEverHasFailedHoweverItEnds() {
    assertThat(PodHealth.failsAgainAndAgain(ended("Always")))
        .contains("the container of pod rabbitmq-0 ended again and again, last with exit code 0");
    assertThat(PodHealth.failsAgainAndAgain(ended("OnFailure"))).isEmpty();
  }

  private static Pod ended(String restartPolicy) {
    Pod pod = killed("Completed", "");
    pod.getSpec().setRestartPolicy(restartPolicy);
    pod.getStatus().getContainerStatuses().get(0).getState().getTerminated().setExitCode(0);
    return pod;
  }

  private static Pod killed(String reason, String limitRanger) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("rabbitmq-0")
        .addToAnnotations("kubernetes.io/limit-ranger", limitRanger)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("rabbitmq")
        .withNewResources()
        .addToLimits("memory", new Quantity("96Mi"))
        .endResources()
        .endContainer()
        .endSpec()
        .withNewStatus()
        .withPhase("Running")
        .addNewContainerStatus()
        .withName("rabbitmq")
        .withRestartCount(2)
        .withNewState()
        .withNewTerminated()
        .withReason(reason)
        .withExitCode(137)
        .endTerminated()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
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
