package workqueue.broker;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.Cluster.Reach;
import workqueue.cluster.ScenarioNamespace;
import workqueue.cluster.ServiceAddresses;
import workqueue.configuration.BrokerUrl;

/**
 * A Service for a broker outside the cluster: without a selector, its EndpointSlice written by
 * hand, or its Endpoints where the API has no slices.
 */
public final class BrokerService {
  private static final String IPV6 = "IPv6";
  private static final int UNPROCESSABLE = 422;
  private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";

  private BrokerService() {}

  /**
   * Makes the Service.
   *
   * @throws EnvironmentTrouble if the target has an IPv6 address and the cluster has none
   */
  static void lead(ScenarioNamespace namespace, String service, Reach target) {
    try {
      namespace.client().resource(service(namespace.name(), service, target)).create();
    } catch (KubernetesClientException refused) {
      if (isIpv6(target) && (refused.getCode() == UNPROCESSABLE)) {
        throw new EnvironmentTrouble(
            withoutIpv6(target, refused.getStatus().getMessage()), refused);
      }
      throw refused;
    }
    route(namespace, service, List.of(target));
  }

  static String withoutIpv6(Reach target, String words) {
    return """
        The broker's address %s is of IPv6, and the cluster gives its Services none, so that its pods \
        would not reach it: %s
        Remedy: give an IPv4 address of the broker in -Dwq.broker=<URL>, or a cluster that has IPv6."""
        .formatted(target.ip(), words);
  }

  static Service service(String namespace, String name, Reach target) {
    ServiceBuilder service =
        new ServiceBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .endMetadata()
            .withNewSpec()
            .addNewPort()
            .withPort(BrokerUrl.DEFAULT_PORT)
            .withNewTargetPort(target.port())
            .endPort()
            .endSpec();
    // Others have the cluster's family, whichever that is.
    return isIpv6(target)
        ? service
            .editSpec()
            .withIpFamilies(IPV6)
            .withIpFamilyPolicy("SingleStack")
            .endSpec()
            .build()
        : service.build();
  }

  private static boolean isIpv6(Reach target) {
    return target.ip().indexOf(':') >= 0;
  }

  /** Has it lead to where the broker is now, unless it was redirected meanwhile. */
  static void leadAgain(ScenarioNamespace namespace, String service, Reach was, Reach now) {
    if (route(namespace, service).equals(List.of(was))) {
      redirect(namespace, service, now);
    }
  }

  /** Has the Service that is there lead elsewhere, for example to a wire tap before the broker. */
  public static void redirect(ScenarioNamespace namespace, String service, Reach target) {
    route(namespace, service, List.of(target));
  }

  /** Where the Service that is there leads. */
  public static List<Reach> route(ScenarioNamespace namespace, String service) {
    KubernetesClient client = namespace.client();
    return ServiceAddresses.areInSlices(client)
        ? reached(slice(namespace, service).require())
        : reached(client.endpoints().inNamespace(namespace.name()).withName(service).require());
  }

  /**
   * Has the Service lead to these, or nowhere.
   *
   * @param targets all of the same port
   */
  public static void route(ScenarioNamespace namespace, String service, List<Reach> targets) {
    KubernetesClient client = namespace.client();
    if (ServiceAddresses.areInSlices(client)) {
      EndpointSlice slice = slice(namespace.name(), service, targets);
      EndpointSlice there = slice(namespace, service).get();
      if ((there != null) && targets.isEmpty()) {
        // Its family cannot be changed, not even where it leads nowhere.
        slice.setAddressType(there.getAddressType());
      }
      client.resource(slice).createOr(each -> each.update());
    } else {
      client
          .resource(endpoints(namespace.name(), service, targets))
          .createOr(each -> each.update());
    }
  }

  private static Resource<EndpointSlice> slice(ScenarioNamespace namespace, String service) {
    return namespace
        .client()
        .discovery()
        .v1()
        .endpointSlices()
        .inNamespace(namespace.name())
        .withName(service);
  }

  static List<Reach> reached(EndpointSlice slice) {
    return ServiceAddresses.endpoints(slice).stream()
        .flatMap(each -> each.getAddresses().stream())
        .flatMap(ip -> slice.getPorts().stream().map(port -> new Reach(ip, port.getPort())))
        .toList();
  }

  static List<Reach> reached(Endpoints endpoints) {
    return endpoints.getSubsets().stream()
        .flatMap(
            subset ->
                subset.getAddresses().stream()
                    .flatMap(
                        address ->
                            subset.getPorts().stream()
                                .map(port -> new Reach(address.getIp(), port.getPort()))))
        .toList();
  }

  static EndpointSlice slice(String namespace, String service, List<Reach> targets) {
    EndpointSliceBuilder slice =
        new EndpointSliceBuilder()
            .withNewMetadata()
            .withName(service)
            .withNamespace(namespace)
            .addToLabels(ServiceAddresses.SERVICE_LABEL, service)
            .addToLabels(MANAGED_BY, "work-queue")
            .endMetadata()
            .withAddressType(targets.stream().anyMatch(BrokerService::isIpv6) ? IPV6 : "IPv4");
    ports(targets).forEach(port -> slice.addNewPort().withName("").withPort(port).endPort());
    targets.forEach(
        target ->
            slice
                .addNewEndpoint()
                .withAddresses(target.ip())
                .withNewConditions()
                .withReady(true)
                .endConditions()
                .endEndpoint());
    return slice.build();
  }

  static Endpoints endpoints(String namespace, String service, List<Reach> targets) {
    EndpointsBuilder endpoints =
        new EndpointsBuilder()
            .withNewMetadata()
            .withName(service)
            .withNamespace(namespace)
            .endMetadata();
    targets.forEach(
        target ->
            endpoints
                .addNewSubset()
                .addNewAddress()
                .withIp(target.ip())
                .endAddress()
                .addNewPort()
                .withPort(target.port())
                .endPort()
                .endSubset());
    return endpoints.build();
  }

  private static Stream<Integer> ports(List<Reach> targets) {
    return targets.stream().map(Reach::port).distinct();
  }
}
