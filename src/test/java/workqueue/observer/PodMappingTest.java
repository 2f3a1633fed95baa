package workqueue.observer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.Condition;
import workqueue.history.PodRef;
import workqueue.history.Termination;

class PodMappingTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private static ContainerState container(Pod pod) {
    return PodMapping.container(pod, PodMapping.statuses(pod).get(0));
  }

  @Test
  void tellsWhatAPodSays() {
    Pod pod =
        SamplePods.worker()
            .editMetadata()
            .withDeletionTimestamp("2026-01-31T12:00:30Z")
            .endMetadata()
            .editStatus()
            .withPhase("Failed")
            .withReason("Evicted")
            .withMessage("amqp://guest:secret@broker was too much")
            .withPodIP("10.0.0.7")
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .withLastTransitionTime("2026-01-31T12:00:00Z")
            .endCondition()
            .endStatus()
            .editSpec()
            .withNodeName("node-1")
            .endSpec()
            .build();

    assertThat(PodMapping.state(pod))
        .isEqualTo(
            new PodState(
                new PodRef("demo", "job-wq-1-abcde", "pod-uid"),
                "job-uid",
                "Failed",
                "Evicted",
                "amqp://guest:***@broker was too much",
                "node-1",
                "10.0.0.7",
                true,
                NOON.plusSeconds(30),
                List.of(new Condition("Ready", "True", "", "", NOON))));
  }

  @Test
  void aKubeletIsSilentIfOnlyTheNodesControllerCallsThePodNotReady() {
    assertThat(PodMapping.isKubeletSilent(ready("True", "False").build())).isTrue();

    assertThat(PodMapping.isKubeletSilent(ready("True", "True").build())).isFalse();
    assertThat(PodMapping.isKubeletSilent(ready("False", "False").build())).isFalse();
    assertThat(PodMapping.isKubeletSilent(SamplePods.worker().build())).isFalse();
    assertThat(PodMapping.isKubeletSilent(SamplePods.worker().withStatus(null).build())).isFalse();
    // A gate may say the same of a kubelet that speaks.
    assertThat(
            PodMapping.isKubeletSilent(
                ready("True", "False")
                    .editSpec()
                    .addNewReadinessGate("example.com/gate")
                    .endSpec()
                    .build()))
        .isFalse();
  }

  private static PodBuilder ready(String containers, String pod) {
    return SamplePods.worker()
        .editStatus()
        .addNewCondition()
        .withType("ContainersReady")
        .withStatus(containers)
        .endCondition()
        .addNewCondition()
        .withType("Ready")
        .withStatus(pod)
        .endCondition()
        .endStatus();
  }

  @Test
  void takesAPodWithoutStatusForPending() {
    Pod pod = SamplePods.worker().withStatus(null).build();

    assertThat(PodMapping.state(pod).phase()).isEqualTo("Pending");
    assertThat(PodMapping.statuses(pod)).isEmpty();
  }

  @Test
  void tellsThatAContainerWaits() {
    Pod pod = SamplePods.withStatus(SamplePods.status(0).withState(SamplePods.waiting("Creating")));

    assertThat(container(pod).state()).isEqualTo(Running.WAITING);
    assertThat(container(pod).reason()).isEqualTo("Creating");
    assertThat(container(pod).restartCount()).isZero();
    assertThat(container(pod).startedAt()).isNull();
  }

  @Test
  void tellsThatAContainerRuns() {
    Pod pod = SamplePods.withStatus(SamplePods.status(0).withState(SamplePods.running(NOON)));

    assertThat(container(pod).state()).isEqualTo(Running.RUNNING);
    assertThat(container(pod).startedAt()).isEqualTo(NOON);
    assertThat(container(pod).last()).isNull();
  }

  @Test
  void tellsHowAContainerEnded() {
    Pod pod =
        SamplePods.withStatus(
            SamplePods.status(0).withState(SamplePods.ended("id-0", 137, "OOMKilled", NOON)));

    assertThat(container(pod))
        .isEqualTo(
            new ContainerState(
                PodMapping.ref(pod),
                "c",
                Running.TERMINATED,
                "OOMKilled",
                "",
                137,
                NOON.minusSeconds(5),
                NOON,
                0,
                null));
  }

  @Test
  void countsARestartWithTheEndOfTheRunBefore() {
    Pod pod =
        SamplePods.withStatus(
            SamplePods.status(2)
                .withContainerID("id-2")
                .withState(SamplePods.running(NOON))
                .withLastState(SamplePods.ended("id-1", 1, "Error", NOON)));

    assertThat(container(pod).restartCount()).isEqualTo(2);
    assertThat(container(pod).last())
        .isEqualTo(new Termination(1, "Error", "", NOON.minusSeconds(5), NOON));
  }

  @Test
  void takesWhatWaitsForARestartForTheRunToCome() {
    Pod pod =
        SamplePods.withStatus(
            SamplePods.status(1)
                .withContainerID("id-1")
                .withState(SamplePods.waiting("CrashLoopBackOff"))
                .withLastState(SamplePods.ended("id-1", 1, "Error", NOON)));

    assertThat(container(pod).state()).isEqualTo(Running.WAITING);
    assertThat(container(pod).reason()).isEqualTo("CrashLoopBackOff");
    assertThat(container(pod).restartCount()).isEqualTo(2);
    assertThat(container(pod).last().exitCode()).isEqualTo(1);
  }

  @Test
  void ownsNothingWithoutAJob() {
    Pod pod = SamplePods.worker().editMetadata().withOwnerReferences().endMetadata().build();

    assertThat(PodMapping.jobUid(pod)).isEmpty();
  }
}
