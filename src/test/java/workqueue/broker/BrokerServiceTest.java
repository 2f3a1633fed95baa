package workqueue.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workqueue.cluster.Cluster.Reach;
import workqueue.cluster.ServiceAddresses;

class BrokerServiceTest {
  private static final Reach BROKER = new Reach("172.18.0.6", 5672);

  static List<List<Reach>> routes() {
    return List.of(
        List.of(), List.of(BROKER), List.of(BROKER, new Reach("172.18.0.7", BROKER.port())));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void readsFromASliceWhatItWroteThere(List<Reach> targets) {
    assertThat(BrokerService.reached(BrokerService.slice("demo", "broker-kqtzb", targets)))
        .isEqualTo(targets);
    assertThat(ServiceAddresses.of(BrokerService.slice("demo", "broker-kqtzb", targets)))
        .isEqualTo(new ServiceAddresses("broker-kqtzb", addresses(targets), List.of()));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void readsFromEndpointsWhatItWroteThere(List<Reach> targets) {
    assertThat(BrokerService.reached(BrokerService.endpoints("demo", "broker-kqtzb", targets)))
        .isEqualTo(targets);
    assertThat(ServiceAddresses.of(BrokerService.endpoints("demo", "broker-kqtzb", targets)))
        .isEqualTo(new ServiceAddresses("broker-kqtzb", addresses(targets), List.of()));
  }

  @Test
  void anAddressThatIsNotReadyIsNoRoute() {
    var notReady =
        new EndpointsBuilder(BrokerService.endpoints("demo", "broker-kqtzb", List.of(BROKER)))
            .editFirstSubset()
            .withAddresses(List.of())
            .addNewNotReadyAddress()
            .withIp(BROKER.ip())
            .endNotReadyAddress()
            .endSubset()
            .build();
    assertThat(BrokerService.reached(notReady)).isEmpty();
  }

  @Test
  void leadsToAnAddressByItsFamily() {
    Reach sixth = new Reach("fd00::6", BROKER.port());
    assertThat(BrokerService.slice("demo", "broker-kqtzb", List.of(sixth)).getAddressType())
        .isEqualTo("IPv6");
    assertThat(BrokerService.slice("demo", "broker-kqtzb", List.of(BROKER)).getAddressType())
        .isEqualTo("IPv4");
    assertThat(BrokerService.reached(BrokerService.slice("demo", "broker-kqtzb", List.of(sixth))))
        .containsExactly(sixth);
    assertThat(BrokerService.service("demo", "broker-kqtzb", sixth).getSpec().getIpFamilies())
        .containsExactly("IPv6");
    assertThat(BrokerService.service("demo", "broker-kqtzb", BROKER).getSpec().getIpFamilies())
        .isEmpty();
  }

  @Test
  void anAddressThatTheClusterDoesNotReachIsTold() {
    assertThat(
            BrokerService.withoutIpv6(
                new Reach("fd00::6", 5672), "spec.ipFamilies[0]: Invalid value: \"IPv6\""))
        .isEqualTo(
            """
            The broker's address fd00::6 is of IPv6, and the cluster gives its Services none, so that \
            its pods would not reach it: spec.ipFamilies[0]: Invalid value: "IPv6"
            Remedy: give an IPv4 address of the broker in -Dwq.broker=<URL>, or a cluster that has IPv6.""");
  }

  private static List<String> addresses(List<Reach> targets) {
    return targets.stream().map(Reach::ip).toList();
  }
}
