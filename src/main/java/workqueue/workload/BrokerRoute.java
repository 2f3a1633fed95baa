package workqueue.workload;

import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import workqueue.broker.Broker;

/**
 * The Service that leads pods to a broker beside the cluster: its Endpoints are written by hand.
 */
public final class BrokerRoute {
  private static final int NOBODY_LISTENS = 1;

  private final Surroundings place;
  private final List<EndpointSubset> whole;

  BrokerRoute(Surroundings place) {
    this.place = place;
    // The broker makes the Service when it is first asked for.
    place.broker();
    this.whole = endpoints().require().getSubsets();
  }

  /** Takes all endpoints from the Service. */
  public void cut() {
    place.injects("endpoints-removed", Broker.SERVICE);
    set(List.of());
  }

  /** Leads to a port where nobody listens, as if the broker were not up yet. */
  public void mislead() {
    place.injects("broker-absent", Broker.SERVICE);
    set(
        whole.stream()
            .map(
                subset ->
                    new EndpointSubsetBuilder(subset)
                        .editFirstPort()
                        .withPort(NOBODY_LISTENS)
                        .endPort()
                        .build())
            .toList());
  }

  /** Leads to the broker again. */
  public void mend() {
    set(whole);
    place.heals("broker-absent", Broker.SERVICE);
  }

  private void set(List<EndpointSubset> subsets) {
    endpoints().edit((Endpoints each) -> new EndpointsBuilder(each).withSubsets(subsets).build());
  }

  private Resource<Endpoints> endpoints() {
    return place
        .namespace()
        .client()
        .endpoints()
        .inNamespace(place.namespace().name())
        .withName(Broker.SERVICE);
  }
}
