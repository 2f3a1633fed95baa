package workqueue.broker;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.function.UnaryOperator;
import workqueue.cluster.Cluster.Reach;
import workqueue.cluster.ScenarioNamespace;
import workqueue.configuration.BrokerUrl;

/**
 * The Service {@code rabbitmq-service} for a broker outside the cluster: without a selector, its
 * Endpoints written by hand, which every API server from 1.20 to 1.36 follows.
 */
public final class BrokerService {
  private BrokerService() {}

  static void lead(ScenarioNamespace namespace, Reach target) {
    namespace
        .client()
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName(Broker.SERVICE)
                .withNamespace(namespace.name())
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(BrokerUrl.DEFAULT_PORT)
                .withNewTargetPort(target.port())
                .endPort()
                .endSpec()
                .build())
        .create();
    namespace.client().resource(endpoints(namespace, target)).create();
  }

  /** Has it lead to where the broker is now, unless it was redirected meanwhile. */
  static void leadAgain(ScenarioNamespace namespace, Reach was, Reach now) {
    edit(namespace, before -> leadTo(was, before) ? List.of(subset(now)) : before);
  }

  /** Whether they are those of the target; the API server has filled in what was not said. */
  static boolean leadTo(Reach target, List<EndpointSubset> subsets) {
    List<String> addresses =
        subsets.stream()
            .flatMap(each -> each.getAddresses().stream())
            .map(EndpointAddress::getIp)
            .toList();
    List<Integer> ports =
        subsets.stream()
            .flatMap(each -> each.getPorts().stream())
            .map(EndpointPort::getPort)
            .toList();
    return addresses.equals(List.of(target.ip())) && ports.equals(List.of(target.port()));
  }

  private static Endpoints endpoints(ScenarioNamespace namespace, Reach target) {
    return new EndpointsBuilder()
        .withNewMetadata()
        .withName(Broker.SERVICE)
        .withNamespace(namespace.name())
        .endMetadata()
        .withSubsets(subset(target))
        .build();
  }

  /** Has the Service that is there lead elsewhere, for example to a wire tap before the broker. */
  public static void redirect(ScenarioNamespace namespace, Reach target) {
    edit(namespace, before -> List.of(subset(target)));
  }

  /** Where the Service that is there leads. */
  public static List<EndpointSubset> endpoints(ScenarioNamespace namespace) {
    return resource(namespace).require().getSubsets();
  }

  /** Changes where the Service that is there leads. */
  public static void edit(
      ScenarioNamespace namespace, UnaryOperator<List<EndpointSubset>> subsets) {
    resource(namespace)
        .edit(
            (Endpoints each) ->
                new EndpointsBuilder(each).withSubsets(subsets.apply(each.getSubsets())).build());
  }

  private static Resource<Endpoints> resource(ScenarioNamespace namespace) {
    return namespace.client().endpoints().inNamespace(namespace.name()).withName(Broker.SERVICE);
  }

  private static EndpointSubset subset(Reach target) {
    return new EndpointSubsetBuilder()
        .addNewAddress()
        .withIp(target.ip())
        .endAddress()
        .addNewPort()
        .withPort(target.port())
        .endPort()
        .build();
  }
}
