package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClusterNodeTest {
  @Test
  void saysWhatFailed() {
    assertThat(ClusterNode.failed("ctr", "node-1", "no such process"))
        .isEqualTo("ctr failed on node node-1: no such process");
    assertThat(ClusterNode.movedTo("node-1", "172.18.0.4", "172.18.0.5"))
        .isEqualTo(
            "Node node-1 came back at address 172.18.0.5 instead of 172.18.0.4, where the cluster"
                + " does not look for it.");
  }
}
