package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServiceAddressesTest {
  private static EndpointSlice slice(String service, String ip, Boolean ready) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withName(service + "-abcde")
        .withLabels(service.isEmpty() ? Map.of() : Map.of("kubernetes.io/service-name", service))
        .endMetadata()
        .addNewEndpoint()
        .withAddresses(ip)
        .withNewConditions()
        .withReady(ready)
        .endConditions()
        .endEndpoint()
        .build();
  }

  @Test
  void aSliceTellsOfTheServiceThatItsLabelNames() {
    assertThat(ServiceAddresses.of(slice("broker", "10.0.0.7", true)))
        .isEqualTo(new ServiceAddresses("broker", List.of("10.0.0.7"), List.of()));
    assertThat(ServiceAddresses.of(slice("", "10.0.0.7", true)).service()).isEmpty();
  }

  @Test
  void aSliceWithoutEndpointsIsWrittenWithNull() {
    EndpointSlice empty =
        Serialization.unmarshal(
            """
            {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
             "metadata": {"name": "broker", "labels": {"kubernetes.io/service-name": "broker"}},
             "addressType": "IPv4", "endpoints": null, "ports": null}
            """,
            EndpointSlice.class);
    assertThat(ServiceAddresses.of(empty))
        .isEqualTo(new ServiceAddresses("broker", List.of(), List.of()));
  }

  @Test
  void onlyAnEndpointThatSaysSoIsNotReady() {
    assertThat(ServiceAddresses.of(slice("broker", "10.0.0.7", false)).notReady())
        .containsExactly("10.0.0.7");
    assertThat(ServiceAddresses.of(slice("broker", "10.0.0.7", null)).ready())
        .containsExactly("10.0.0.7");
  }

  @Test
  void whatIsReadyIsFoundInAllSlicesOfTheService() {
    assertThat(
            ServiceAddresses.readyOf(
                "broker",
                Stream.of(
                    slice("broker", "10.0.0.7", true),
                    slice("broker", "10.0.0.8", false),
                    slice("broker", "10.0.0.9", null),
                    slice("other", "10.0.0.6", true))))
        .containsExactly("10.0.0.7", "10.0.0.9");
  }
}
