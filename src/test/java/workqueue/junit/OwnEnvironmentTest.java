package workqueue.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnEnvironmentTest {
  @Test
  void sparesTheNodesOfAClusterThatExists() {
    assertThat(Run.nodesAreSpared("race.node-lost-after-ack"))
        .isEqualTo(
            """
            race.node-lost-after-ack harms nodes, and wq.cluster names a cluster that exists: its \
            nodes are never touched.
            Remedy: leave wq.cluster out, so that the scenario has a throwaway cluster of its \
            own.""");
  }
}
