package workqueue.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.cluster.Cluster.Reach;

class BrokerServiceTest {
  private static final Reach BROKER = new Reach("172.18.0.6", 5672);

  @Test
  void knowsItsTargetInWhatTheApiServerHasFilledIn() {
    assertThat(BrokerService.leadTo(BROKER, List.of(ready("172.18.0.6", 5672)))).isTrue();
  }

  @Test
  void leavesWhatWasRedirected() {
    assertThat(BrokerService.leadTo(BROKER, List.of(ready("172.18.0.1", 5672)))).isFalse();
    assertThat(BrokerService.leadTo(BROKER, List.of(ready("172.18.0.6", 40123)))).isFalse();
    assertThat(BrokerService.leadTo(BROKER, List.of())).isFalse();
    EndpointSubset notReady =
        new EndpointSubsetBuilder(ready("172.18.0.6", 5672))
            .withAddresses(List.of())
            .addNewNotReadyAddress()
            .withIp("172.18.0.6")
            .endNotReadyAddress()
            .build();
    assertThat(BrokerService.leadTo(BROKER, List.of(notReady))).isFalse();
  }

  private static EndpointSubset ready(String ip, int port) {
    return new EndpointSubsetBuilder()
        .addNewAddress()
        .withIp(ip)
        .endAddress()
        .addNewPort()
        .withPort(port)
        .withProtocol("TCP")
        .endPort()
        .build();
  }
}
