package workqueue.observer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import workqueue.history.ClusterEvent.ImageHeld;
import workqueue.history.ClusterEvent.PodUse;
import workqueue.history.PodRef;

class UseMappingTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.5Z");

  private static final Instant MEASURED = Instant.parse("2026-01-31T12:00:00Z");

  /** As a kubelet of Kubernetes 1.20 answers, with what does not matter left out. */
  private static final String SUMMARY =
      """
      {"node": {"nodeName": "node-1", "cpu": {"usageCoreNanoSeconds": 33986207123486}},
       "pods": [
        {"podRef": {"name": "two", "namespace": "demo", "uid": "uid-2"},
         "containers": [
          {"name": "c", "cpu": {"time": "2026-01-31T12:00:00Z", "usageCoreNanoSeconds": 400},
           "memory": {"time": "2026-01-31T12:00:00Z", "workingSetBytes": 3000}},
          {"name": "d", "cpu": {"usageCoreNanoSeconds": 50}, "memory": {"workingSetBytes": 7}}],
         "cpu": {"usageCoreNanoSeconds": 0}, "memory": {"workingSetBytes": 0}},
        {"podRef": {"name": "new", "namespace": "demo", "uid": "uid-3"}, "containers": [
          {"name": "c"}]},
        {"podRef": {"name": "other", "namespace": "kube-system", "uid": "uid-4"},
         "containers": [{"name": "c", "cpu": {"usageCoreNanoSeconds": 9}}]}]}
      """;

  @Test
  void addsUpWhatThePodsOfANamespaceUse() {
    assertThat(UseMapping.uses(SUMMARY, "demo", NOW))
        .containsExactly(
            new PodUse(new PodRef("demo", "two", "uid-2"), 450L, 3007L, MEASURED),
            new PodUse(new PodRef("demo", "new", "uid-3"), null, null, NOW));
    assertThat(UseMapping.uses("{}", "demo", NOW)).isEmpty();
    assertThatThrownBy(() -> UseMapping.uses("Forbidden", "demo", NOW))
        .hasMessage("this is no summary of a kubelet");
  }

  @Test
  void findsAnImageByTheNameOrTheDigestThatItsContainerHas() {
    assertThat(UseMapping.images(pod("docker.io/library/worker:1", "sha256:1"), node()))
        .containsExactly(new ImageHeld("node-1", "worker:1", 216L));
    assertThat(UseMapping.images(pod("sha256:2", "example/worker@sha256:2"), node()))
        .containsExactly(new ImageHeld("node-1", "worker:1", 300L));
    assertThat(UseMapping.images(pod("docker.io/library/gone:1", "sha256:3"), node())).isEmpty();
  }

  private static Pod pod(String image, String id) {
    return SamplePods.worker()
        .editSpec()
        .addNewContainer()
        .withName("c")
        .withImage("worker:1")
        .endContainer()
        .endSpec()
        .editStatus()
        .addToContainerStatuses(
            new ContainerStatusBuilder()
                .withName("c")
                .withRestartCount(0)
                .withImage(image)
                .withImageID(id)
                .build())
        .endStatus()
        .build();
  }

  private static Node node() {
    return new NodeBuilder()
        .withNewMetadata()
        .withName("node-1")
        .endMetadata()
        .withNewStatus()
        .addNewImage()
        .withNames("docker.io/library/worker:1")
        .withSizeBytes(216L)
        .endImage()
        .addNewImage()
        .withNames("example/worker@sha256:2", "example/worker:2")
        .withSizeBytes(300L)
        .endImage()
        .endStatus()
        .build();
  }
}
