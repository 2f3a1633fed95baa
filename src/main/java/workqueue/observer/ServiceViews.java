package workqueue.observer;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import workqueue.cluster.ServiceAddresses;
import workqueue.history.ClusterEvent.EndpointsState;
import workqueue.history.Source;

/** Puts Services and the addresses behind them, which objects of their own tell of, together. */
final class ServiceViews {
  private final String namespace;
  private final boolean all;
  private final Changes changes;
  private final Set<String> services = new HashSet<>();
  private final Map<String, ServiceAddresses> addresses = new HashMap<>();

  /**
   * @param all whether all addresses are told, or those of Services that were seen
   */
  ServiceViews(String namespace, boolean all, Changes changes) {
    this.namespace = namespace;
    this.all = all;
    this.changes = changes;
  }

  synchronized void see(Service service) {
    services.add(name(service));
    tell(name(service));
  }

  /** What EndpointSlices, or Endpoints, tell. */
  synchronized void seeAddresses(HasMetadata object) {
    ServiceAddresses told = ServiceAddresses.of(object);
    addresses.put(name(object), told);
    tellIfOwn(told.service());
  }

  synchronized void gone(Service service) {
    services.remove(name(service));
    tell(name(service));
  }

  synchronized void goneAddresses(HasMetadata object) {
    addresses.remove(name(object));
    tellIfOwn(ServiceAddresses.of(object).service());
  }

  /** Records a Service that should be there even if there is nothing to be seen of it. */
  synchronized void require(String service) {
    tell(service);
  }

  private void tellIfOwn(String service) {
    if (all || services.contains(service)) {
      tell(service);
    }
  }

  private void tell(String service) {
    changes.see(
        Source.ENDPOINTS,
        "service " + service,
        state(namespace, service, services.contains(service), addresses.values()));
  }

  static EndpointsState state(
      String namespace, String service, boolean exists, Collection<ServiceAddresses> addresses) {
    return new EndpointsState(
        namespace,
        service,
        exists,
        sorted(service, addresses, ServiceAddresses::ready),
        sorted(service, addresses, ServiceAddresses::notReady));
  }

  private static List<String> sorted(
      String service,
      Collection<ServiceAddresses> addresses,
      Function<ServiceAddresses, List<String>> which) {
    return addresses.stream()
        .filter(each -> each.service().equals(service))
        .flatMap(each -> which.apply(each).stream())
        .distinct()
        .sorted()
        .toList();
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }
}
