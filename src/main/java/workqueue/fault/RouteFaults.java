package workqueue.fault;

import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import java.util.List;
import java.util.function.UnaryOperator;
import workqueue.broker.Broker;
import workqueue.broker.BrokerService;

/** Faults of the Service that leads pods to a broker beside the cluster. */
public final class RouteFaults {
  private static final int NOBODY_LISTENS = 1;

  private final Site site;
  private final Strikes strikes;

  RouteFaults(Site site, Strikes strikes) {
    this.site = site;
    this.strikes = strikes;
  }

  /** Takes all endpoints from the Service. */
  public Fault cut() {
    return change(Kind.ENDPOINTS_REMOVED, "the Service has no endpoints", whole -> List.of());
  }

  /** Leads to a port where nobody listens, as if the broker were not up. */
  public Fault mislead() {
    return change(
        Kind.BROKER_ABSENT,
        "the Service leads to port " + NOBODY_LISTENS,
        whole -> whole.stream().map(RouteFaults::nowhere).toList());
  }

  private Fault change(Kind kind, String shown, UnaryOperator<List<EndpointSubset>> endpoints) {
    // The broker makes the Service when it is first asked for.
    site.broker();
    List<EndpointSubset> whole = BrokerService.endpoints(site.namespace());
    return strikes.lasting(
        kind,
        Broker.SERVICE,
        "its endpoints are edited",
        () -> {
          BrokerService.edit(site.namespace(), endpoints);
          return shown;
        },
        () -> {
          BrokerService.edit(site.namespace(), now -> whole);
          return "the Service leads to the broker";
        });
  }

  private static EndpointSubset nowhere(EndpointSubset subset) {
    return new EndpointSubsetBuilder(subset)
        .editFirstPort()
        .withPort(NOBODY_LISTENS)
        .endPort()
        .build();
  }
}
