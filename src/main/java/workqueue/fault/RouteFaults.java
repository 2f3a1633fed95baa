package workqueue.fault;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import workqueue.EnvironmentTrouble;
import workqueue.broker.Broker;
import workqueue.broker.BrokerService;
import workqueue.broker.InClusterBroker;
import workqueue.cluster.Cluster.Reach;

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
    if (site.broker() instanceof InClusterBroker) {
      return takeServiceAway();
    }
    return change(
        Kind.BROKER_ABSENT,
        "the Service leads to port " + NOBODY_LISTENS,
        whole -> whole.stream().map(each -> new Reach(each.ip(), NOBODY_LISTENS)).toList());
  }

  /** Where controllers keep the endpoints, the Service itself is taken away. */
  private Fault takeServiceAway() {
    Service service =
        site.namespace()
            .client()
            .services()
            .inNamespace(site.namespace().name())
            .withName(Broker.SERVICE)
            .require();
    return strikes.lasting(
        Kind.BROKER_ABSENT,
        Broker.SERVICE,
        "the Service is deleted",
        () -> {
          site.namespace().delete(service, Optional.empty());
          return "the API accepted it";
        },
        () -> {
          site.namespace().create(again(service));
          return "the Service is there again";
        });
  }

  /** As it was asked for, without what the API added. */
  static Service again(Service service) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName(service.getMetadata().getName())
        .withNamespace(service.getMetadata().getNamespace())
        .withLabels(service.getMetadata().getLabels())
        .endMetadata()
        .withNewSpec()
        .withSelector(service.getSpec().getSelector())
        .addAllToPorts(service.getSpec().getPorts())
        .endSpec()
        .build();
  }

  static String pastTheService() {
    return """
        Workers reach the broker by its own host, as its certificate is for that: what becomes of \
        Service %s is nothing to them.
        Remedy: run without wq.broker, or on a broker without TLS."""
        .formatted(Broker.SERVICE);
  }

  private Fault change(Kind kind, String shown, UnaryOperator<List<Reach>> route) {
    // The broker makes the Service when it is first asked for.
    if (!site.broker().isBehindService()) {
      throw new EnvironmentTrouble(pastTheService());
    }
    String service = site.broker().service();
    List<Reach> whole = BrokerService.route(site.namespace(), service);
    return strikes.lasting(
        kind,
        service,
        "its endpoints are edited",
        () -> {
          BrokerService.route(site.namespace(), service, route.apply(whole));
          return shown;
        },
        () -> {
          BrokerService.route(site.namespace(), service, whole);
          return "the Service leads to the broker";
        });
  }
}
