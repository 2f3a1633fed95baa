package workqueue.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.KubernetesEvent;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.ClusterEvent.Running;

class RecorderTest {
  private static final PodRef POD = new PodRef("demo", "job-wq-1-x", "uid-1");
  private static final String PRINTED = "login as worker:s3cret-w0rd failed";
  private static final String CLEAN = "login as worker:*** failed";

  private final Recorder recorder = new Recorder(Clock.systemUTC());

  @Test
  void whatIsWrittenInTheClusterIsRecordedWithoutKnownPasswords() {
    recorder.secrets().keep("s3cret-w0rd");

    Termination before = new Termination(1, "Error", PRINTED, null, null);
    ContainerState container =
        new ContainerState(
            POD, "c", Running.TERMINATED, "Error", PRINTED, 1, null, null, 1, before);
    ContainerState recorded = recorder.record(Source.PODS, container).event();
    assertThat(recorded.message()).isEqualTo(CLEAN);
    assertThat(recorded.last().message()).isEqualTo(CLEAN);
    assertThat(recorded.last().exitCode()).isEqualTo(1);

    PodState pod =
        new PodState(POD, "job-1", "Failed", "", PRINTED, "node", "", false, null, List.of());
    assertThat(recorder.record(Source.PODS, pod).event().message()).isEqualTo(CLEAN);

    KubernetesEvent event =
        new KubernetesEvent(
            "demo",
            "Warning",
            "Failed",
            "Pod",
            POD.name(),
            PRINTED,
            1,
            "kubelet",
            Instant.EPOCH,
            null);
    assertThat(recorder.record(Source.KUBERNETES_EVENTS, event).event().message()).isEqualTo(CLEAN);
  }
}
