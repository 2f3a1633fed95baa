package workqueue.conformance;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What pods may be given besides, for a cluster that does not take them as they are documented. */
enum Overlay {
  /** Each container states its resources. */
  RESOURCES,
  /** Each container keeps what the restricted profile of Pod Security asks for. */
  RESTRICTED;

  private static final long NOBODY = 999;

  /** The name in records and results. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What may help where this is why a pod was refused; empty if nothing is known to. */
  static Optional<Overlay> against(String message) {
    if (message.contains("must specify")) {
      return Optional.of(RESOURCES);
    }
    return message.contains("violates PodSecurity") ? Optional.of(RESTRICTED) : Optional.empty();
  }

  /** The pod with this besides; what it has already stays. */
  PodSpec on(PodSpec pod) {
    PodSpec copy = new PodSpecBuilder(pod).build();
    List<Container> containers = new ArrayList<>(copy.getContainers());
    containers.forEach(this::on);
    copy.setContainers(containers);
    return copy;
  }

  private void on(Container container) {
    switch (this) {
      case RESOURCES -> state(container);
      case RESTRICTED ->
          container.setSecurityContext(
              new SecurityContextBuilder(
                      container.getSecurityContext() == null
                          ? new SecurityContextBuilder().build()
                          : container.getSecurityContext())
                  .withRunAsNonRoot(true)
                  .withRunAsUser(NOBODY)
                  .withAllowPrivilegeEscalation(false)
                  .withNewCapabilities()
                  .withDrop("ALL")
                  .endCapabilities()
                  .withNewSeccompProfile()
                  .withType("RuntimeDefault")
                  .endSeccompProfile()
                  .build());
    }
  }

  private static void state(Container container) {
    ResourceRequirementsBuilder resources =
        container.getResources() == null
            ? new ResourceRequirementsBuilder()
            : new ResourceRequirementsBuilder(container.getResources());
    Map<String, Quantity> limits = resources.getLimits() == null ? Map.of() : resources.getLimits();
    Map<String, Quantity> requests =
        resources.getRequests() == null ? Map.of() : resources.getRequests();
    for (Map.Entry<String, String> each : Map.of("cpu", "100m", "memory", "64Mi").entrySet()) {
      Quantity usual = new Quantity(each.getValue());
      Quantity limit = limits.getOrDefault(each.getKey(), usual);
      resources.addToLimits(each.getKey(), limit);
      if (!requests.containsKey(each.getKey())) {
        resources.addToRequests(each.getKey(), limits.getOrDefault(each.getKey(), usual));
      }
    }
    container.setResources(resources.build());
  }
}
