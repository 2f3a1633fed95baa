package workqueue.cluster;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What one object tells of the addresses behind a Service: one of its EndpointSlices where the API
 * has these (v1 since Kubernetes 1.21), its Endpoints elsewhere (deprecated since 1.33).
 *
 * @param ready the IP addresses that get connections
 * @param notReady the IP addresses that do not
 */
public record ServiceAddresses(String service, List<String> ready, List<String> notReady) {
  /** The label by which an EndpointSlice names its Service. */
  public static final String SERVICE_LABEL = "kubernetes.io/service-name";

  public ServiceAddresses {
    ready = List.copyOf(ready);
    notReady = List.copyOf(notReady);
  }

  /** Whether the API has EndpointSlices. */
  public static boolean areInSlices(KubernetesClient client) {
    return client.supports(EndpointSlice.class);
  }

  /** What the object tells, an EndpointSlice or Endpoints. */
  public static ServiceAddresses of(HasMetadata object) {
    return object instanceof EndpointSlice slice ? ofSlice(slice) : ofAll((Endpoints) object);
  }

  /** The objects in a namespace that tell of addresses. */
  static List<? extends HasMetadata> objects(KubernetesClient client, String namespace) {
    return areInSlices(client)
        ? client.discovery().v1().endpointSlices().inNamespace(namespace).list().getItems()
        : client.endpoints().inNamespace(namespace).list().getItems();
  }

  /** The ready addresses of a Service, as the API tells them now. */
  public static List<String> readyOf(KubernetesClient client, String namespace, String service) {
    return !areInSlices(client)
            && client.supports(
                io.fabric8.kubernetes.api.model.discovery.v1beta1.EndpointSlice.class)
        ? readyOfBeta(client, namespace, service)
        : readyOf(service, objects(client, namespace).stream());
  }

  /** Kubernetes 1.20 routes by slices, of which Endpoints tell those that it made itself. */
  private static List<String> readyOfBeta(
      KubernetesClient client, String namespace, String service) {
    return client
        .discovery()
        .v1beta1()
        .endpointSlices()
        .inNamespace(namespace)
        .withLabel(SERVICE_LABEL, service)
        .list()
        .getItems()
        .stream()
        .flatMap(slice -> slice.getEndpoints().stream())
        .filter(each -> each.getConditions() == null || isReady(each.getConditions().getReady()))
        .flatMap(each -> each.getAddresses().stream())
        .toList();
  }

  /** The ready addresses of a Service, by all objects that tell of any. */
  public static List<String> readyOf(String service, Stream<? extends HasMetadata> objects) {
    return objects
        .map(ServiceAddresses::of)
        .filter(each -> each.service.equals(service))
        .flatMap(each -> each.ready.stream())
        .toList();
  }

  private static ServiceAddresses ofSlice(EndpointSlice slice) {
    String service = slice.getMetadata().getLabels().getOrDefault(SERVICE_LABEL, "");
    return new ServiceAddresses(service, of(slice, true), of(slice, false));
  }

  private static List<String> of(EndpointSlice slice, boolean ready) {
    return endpoints(slice).stream()
        .filter(each -> isReady(each) == ready)
        .flatMap(each -> each.getAddresses().stream())
        .toList();
  }

  /** The endpoints of a slice; the API writes null where there are none. */
  public static List<Endpoint> endpoints(EndpointSlice slice) {
    return Objects.requireNonNullElse(slice.getEndpoints(), List.of());
  }

  private static boolean isReady(Endpoint endpoint) {
    return endpoint.getConditions() == null || isReady(endpoint.getConditions().getReady());
  }

  /** One that does not say so is to be taken for ready, says the API. */
  private static boolean isReady(Boolean said) {
    return !Boolean.FALSE.equals(said);
  }

  private static ServiceAddresses ofAll(Endpoints endpoints) {
    return new ServiceAddresses(
        endpoints.getMetadata().getName(),
        of(endpoints, EndpointSubset::getAddresses),
        of(endpoints, EndpointSubset::getNotReadyAddresses));
  }

  private static List<String> of(
      Endpoints endpoints, Function<EndpointSubset, List<EndpointAddress>> which) {
    return endpoints.getSubsets().stream()
        .flatMap(subset -> which.apply(subset).stream())
        .map(EndpointAddress::getIp)
        .toList();
  }
}
