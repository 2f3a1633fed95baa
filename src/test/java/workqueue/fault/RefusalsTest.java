package workqueue.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import workqueue.EnvironmentTrouble;

/** What cannot be struck, and what is said of it; nothing is recorded then. */
class RefusalsTest {
  private final RecordedSite site = new RecordedSite();
  private final Faults faults = new Faults(site);

  @Test
  void nodesOfASharedCluster() {
    assertThatThrownBy(faults::takeApiServerAway)
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            The cluster is not this scenario's own, so its nodes are not touched.
            Remedy: @Scenario(nodes = 2) gives it a throwaway cluster of its own; the nodes of a \
            cluster that exists are never touched.""");
    assertThat(site.told()).isEmpty();
  }

  @Test
  void aBrokerThatIsShared() {
    assertThatThrownBy(() -> faults.broker().stop())
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            The broker is not this scenario's own, so it is not touched.
            Remedy: @Scenario(ownBroker = true) gives it one in a container of its own.""");
    assertThat(site.told()).isEmpty();
    assertThat(BrokerFaults.inNoPod())
        .isEqualTo(
            """
            The broker runs in no pod that could be deleted.
            Remedy: @Scenario(brokerInCluster = true), or broker().kill().""");
  }

  @Test
  void aServiceThatWorkersDoNotUse() {
    assertThat(RouteFaults.pastTheService())
        .isEqualTo(
            """
            Workers reach the broker by its own host, as its certificate is for that: what becomes of \
            Service rabbitmq-service is nothing to them.
            Remedy: run without wq.broker, or on a broker without TLS.""");
  }

  @Test
  void nodesThatAreNotThere() {
    assertThat(NodeFaults.noAgent())
        .isEqualTo(
            """
            The cluster has no node beside its server's.
            Remedy: @Scenario(nodes = 2).""");
  }

  @Test
  void theServersNode() {
    NodeFaults.requireAgent("node-1", false);
    assertThatThrownBy(() -> NodeFaults.requireAgent("node-0", true))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            Node node-0 carries the control plane, and nobody would notice its loss.
            Remedy: strike faults.agent(); faults.takeApiServerAway() takes the control plane \
            away.""");
    assertThat(NodeFaults.oneProcess("node-0"))
        .isEqualTo(
            """
            The kubelet of node node-0 cannot be frozen alone: it is one process with the API \
            server.
            Remedy: @Scenario(nodes = 2) and faults.freezeKubelet(faults.agent()).""");
    assertThat(NodeFaults.noKubelet("node-0"))
        .isEqualTo(
            """
            The kubelet of node node-0 cannot be restarted: it is no process of its own, as with \
            k3s.
            Remedy: a node image that fixtures/bootstrap made, which is the default of \
            wq.cluster.image.""");
  }

  @Test
  void evictionsThatNobodyKnows() {
    assertThat(PodFaults.noEviction("https://localhost:6443/"))
        .isEqualTo(
            "The API server at https://localhost:6443/ knows no evictions: its resource"
                + " pods/eviction is missing.");
  }

  @Test
  void tellsAKubeletThatIsStopped() {
    assertThat(NodeFaults.allStopped("T")).isTrue();
    assertThat(NodeFaults.allStopped("T\nS")).isFalse();
  }
}
