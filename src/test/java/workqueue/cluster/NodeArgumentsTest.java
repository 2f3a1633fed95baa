package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeArgumentsTest {
  private static final String OLD_CGROUPS = "--kubelet-arg=fail-cgroupv1=false";

  @Test
  void newerKubeletsAreToldToStartOnOldControlGroups() {
    assertThat(NodeArguments.kubelet("rancher/k3s:v1.36.2-k3s1", false)).contains(OLD_CGROUPS);
    assertThat(NodeArguments.kubelet("rancher/k3s:v1.36.2-k3s1", true)).doesNotContain(OLD_CGROUPS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rancher/k3s:v1.34.6-k3s1", "work-queue/node:0a1b2c", "localhost:5000/x"})
  void otherKubeletsWouldNotKnowIt(String image) {
    assertThat(NodeArguments.kubelet(image, false))
        .containsExactly("--kubelet-arg=image-gc-high-threshold=100");
  }
}
