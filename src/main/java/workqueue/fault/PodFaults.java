package workqueue.fault;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.util.Optional;
import workqueue.EnvironmentTrouble;
import workqueue.history.PodRef;

/** Deletes and evicts pods. */
final class PodFaults {
  private static final String EVICTION = "pods/eviction";

  private final Site site;
  private final Strikes strikes;

  PodFaults(Site site, Strikes strikes) {
    this.site = site;
    this.strikes = strikes;
  }

  /**
   * The pod as the API has it now.
   *
   * @throws TargetGone if it is gone, even if another one has its name
   */
  Pod require(PodRef pod) {
    return find(pod).orElseThrow(() -> new TargetGone(gone(pod)));
  }

  /** The same; empty if it is gone. */
  Optional<Pod> find(PodRef pod) {
    return Optional.ofNullable(resource(pod).get())
        .filter(each -> each.getMetadata().getUid().equals(pod.uid()));
  }

  static String gone(PodRef pod) {
    return "Pod %s is gone: no fault can strike it any more.".formatted(pod);
  }

  Fault delete(PodRef pod) {
    Long grace = require(pod).getSpec().getTerminationGracePeriodSeconds();
    return delete(pod, Duration.ofSeconds(grace));
  }

  Fault delete(PodRef pod, Duration grace) {
    Pod found = require(pod);
    return strikes.once(
        Kind.DELETE_POD,
        pod.name(),
        "grace " + grace.toSeconds() + " s",
        () -> {
          if (!site.namespace().delete(found, Optional.of(grace))) {
            throw new TargetGone(gone(pod));
          }
          return "the API accepted it";
        });
  }

  Fault evict(PodRef pod) {
    require(pod);
    return strikes.once(Kind.EVICT_POD, pod.name(), "eviction API", () -> evictNow(pod));
  }

  /** Asks the API to evict a pod, in the version that it knows: v1 from 1.22 on. */
  String evictNow(PodRef pod) {
    KubernetesClient client = site.namespace().client();
    String version =
        client.getApiResources("v1").getResources().stream()
            .filter(each -> each.getName().equals(EVICTION))
            .map(PodFaults::version)
            .findFirst()
            .orElseThrow(() -> new EnvironmentTrouble(noEviction(client.getMasterUrl())));
    GenericKubernetesResource eviction =
        new GenericKubernetesResourceBuilder()
            .withApiVersion(version)
            .withKind("Eviction")
            .withNewMetadata()
            .withName(pod.name())
            .withNamespace(pod.namespace())
            .endMetadata()
            .build();
    client.raw(
        "/api/v1/namespaces/%s/pods/%s/eviction".formatted(pod.namespace(), pod.name()),
        "POST",
        eviction);
    return "the API accepted it as " + version;
  }

  private static String version(APIResource eviction) {
    return eviction.getGroup() + "/" + eviction.getVersion();
  }

  static String noEviction(Object server) {
    return "The API server at %s knows no evictions: its resource pods/eviction is missing."
        .formatted(server);
  }

  private PodResource resource(PodRef pod) {
    return site.namespace().client().pods().inNamespace(pod.namespace()).withName(pod.name());
  }
}
