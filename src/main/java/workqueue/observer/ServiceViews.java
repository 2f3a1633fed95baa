package workqueue.observer;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import workqueue.history.ClusterEvent.EndpointsState;
import workqueue.history.Source;

/** Puts Services and their Endpoints, which are objects of their own, together. */
final class ServiceViews {
  private final String namespace;
  private final Changes changes;
  private final Set<String> services = new HashSet<>();
  private final Map<String, Endpoints> endpoints = new HashMap<>();

  ServiceViews(String namespace, Changes changes) {
    this.namespace = namespace;
    this.changes = changes;
  }

  synchronized void see(Service service) {
    services.add(name(service));
    tell(name(service));
  }

  synchronized void see(Endpoints addresses) {
    endpoints.put(name(addresses), addresses);
    tell(name(addresses));
  }

  synchronized void gone(Service service) {
    services.remove(name(service));
    tell(name(service));
  }

  synchronized void gone(Endpoints addresses) {
    endpoints.remove(name(addresses));
    tell(name(addresses));
  }

  /** Records a Service that should be there even if there is nothing to be seen of it. */
  synchronized void require(String service) {
    tell(service);
  }

  private void tell(String service) {
    changes.see(
        Source.ENDPOINTS,
        "service " + service,
        state(namespace, service, services.contains(service), endpoints.get(service)));
  }

  static EndpointsState state(
      String namespace, String service, boolean exists, Endpoints addresses) {
    if (addresses == null) {
      return new EndpointsState(namespace, service, exists, List.of(), List.of());
    }
    return new EndpointsState(
        namespace,
        service,
        exists,
        addresses.getSubsets().stream()
            .flatMap(subset -> subset.getAddresses().stream())
            .map(EndpointAddress::getIp)
            .sorted()
            .toList(),
        addresses.getSubsets().stream()
            .flatMap(subset -> subset.getNotReadyAddresses().stream())
            .map(EndpointAddress::getIp)
            .sorted()
            .toList());
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }
}
