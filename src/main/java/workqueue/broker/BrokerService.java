package workqueue.broker;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import workqueue.cluster.Cluster.Reach;
import workqueue.cluster.ScenarioNamespace;
import workqueue.configuration.BrokerUrl;

/**
 * The Service {@code rabbitmq-service} for a broker outside the cluster: without a selector, its
 * Endpoints written by hand, which every API server from 1.20 to 1.36 follows.
 */
final class BrokerService {
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

  /** Leads to where the target is now. */
  static void leadAgain(ScenarioNamespace namespace, Reach target) {
    namespace.client().resource(endpoints(namespace, target)).update();
  }

  private static Endpoints endpoints(ScenarioNamespace namespace, Reach target) {
    return new EndpointsBuilder()
        .withNewMetadata()
        .withName(Broker.SERVICE)
        .withNamespace(namespace.name())
        .endMetadata()
        .addNewSubset()
        .addNewAddress()
        .withIp(target.ip())
        .endAddress()
        .addNewPort()
        .withPort(target.port())
        .endPort()
        .endSubset()
        .build();
  }
}
