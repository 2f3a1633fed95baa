package workqueue.conformance;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.OverlaidPods;
import workqueue.configuration.PodOverlay;
import workqueue.history.ApiEvent.DryRunAnswered;
import workqueue.history.History;

/**
 * What the documented objects need besides on a cluster that does not take their pods as they are:
 * for {@code kubectl apply -k}, and for {@code wq.overlay}. Nothing of it is applied.
 *
 * @param files their content by their names
 */
record OverlayFiles(Map<String, String> files) {
  /** The file that {@code wq.overlay} takes. */
  static final String OVERLAY = "overlay.yaml";

  private static final String SPEC = "spec";
  private static final String METADATA = "metadata";

  /** The pods of the Job, and of the broker, as records name them. */
  private static final String WORKER = "worker-pod";

  private static final String BROKER = "broker-pod";

  OverlayFiles {
    files = new TreeMap<>(files);
  }

  /**
   * What was given and what helped in dry runs; empty if the pods are taken as documented.
   *
   * @param documented the objects without it
   */
  static Optional<OverlayFiles> of(
      History history, Pattern documented, Optional<PodOverlay> given) {
    List<String> ofWorker = helped(history, WORKER);
    List<String> ofBroker = helped(history, BROKER);
    if (given.isEmpty() && ofWorker.isEmpty() && ofBroker.isEmpty()) {
      return Optional.empty();
    }
    PodTemplateSpec worker = adapted(documented.job(), given, ofWorker);
    PodTemplateSpec broker = adapted(documented.broker(), given, ofBroker);
    Map<String, String> files = new LinkedHashMap<>();
    files.put("service.yaml", Serialization.asYaml(documented.service()));
    files.put("broker.yaml", Serialization.asYaml(documented.broker()));
    files.put("job.yaml", Serialization.asYaml(documented.job()));
    files.put(OVERLAY, Serialization.asYaml(overlay(given, worker, broker)));
    files.put(
        "kustomization.yaml",
        Serialization.asYaml(
            kustomization(
                List.of(
                    patch(documented.broker(), given, broker),
                    patch(documented.job(), given, worker)))));
    return Optional.of(new OverlayFiles(files));
  }

  /** Writes them. */
  void write(Path folder) {
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, String> each : files.entrySet()) {
        Files.writeString(folder.resolve(each.getKey()), each.getValue());
      }
    } catch (IOException cannot) {
      throw new EnvironmentTrouble(
          "Cannot write into %s: %s%nRemedy: see that it can be written and the disk has room."
              .formatted(folder, cannot.getMessage()),
          cannot);
    }
  }

  /** The known adaptations with which a pod was taken that was not taken without. */
  private static List<String> helped(History history, String part) {
    return history
        .last(DryRunAnswered.class, each -> each.part().equals(part) && each.wasTaken())
        .map(each -> each.event().adapted())
        .orElse(List.of());
  }

  private static PodTemplateSpec adapted(
      HasMetadata object, Optional<PodOverlay> given, List<String> known) {
    HasMetadata overlaid = given.isPresent() ? OverlaidPods.of(given.get(), object) : object;
    PodTemplateSpec template = Serialization.clone(OverlaidPods.template(overlaid).orElseThrow());
    for (String each : known) {
      PodSpec spec = Overlay.valueOf(each.toUpperCase(Locale.ROOT)).on(template.getSpec());
      template.setSpec(spec);
    }
    return template;
  }

  /** The worker's for all containers, for the probes are like it, and the broker's for its own. */
  private static Map<String, Object> overlay(
      Optional<PodOverlay> given, PodTemplateSpec worker, PodTemplateSpec broker) {
    Map<String, Object> overlay = new LinkedHashMap<>();
    given.map(each -> each.patch().get(METADATA)).ifPresent(each -> overlay.put(METADATA, each));
    Map<String, Object> spec = specOf(given);
    List<Map<String, Object>> containers = new ArrayList<>();
    entry(worker.getSpec().getContainers().get(0), "").ifPresent(containers::add);
    broker.getSpec().getContainers().stream()
        .flatMap(each -> entry(each, each.getName()).stream())
        .forEach(containers::add);
    spec.put("containers", containers);
    overlay.put(SPEC, spec);
    return overlay;
  }

  private static Map<String, Object> specOf(Optional<PodOverlay> given) {
    Map<String, Object> spec = new LinkedHashMap<>();
    if (given.isPresent() && given.get().patch().get(SPEC) instanceof Map<?, ?> wanted) {
      wanted.forEach((key, value) -> spec.put(String.valueOf(key), value));
      spec.remove("containers");
    }
    return spec;
  }

  private static Optional<Map<String, Object>> entry(Container container, String name) {
    Map<String, Object> entry = new LinkedHashMap<>();
    if (!name.isEmpty()) {
      entry.put("name", name);
    }
    int named = entry.size();
    if (container.getResources() != null) {
      entry.put("resources", container.getResources());
    }
    if (container.getSecurityContext() != null) {
      entry.put("securityContext", container.getSecurityContext());
    }
    return entry.size() == named ? Optional.empty() : Optional.of(entry);
  }

  private static Map<String, Object> patch(
      HasMetadata object, Optional<PodOverlay> given, PodTemplateSpec adapted) {
    Map<String, Object> template = new LinkedHashMap<>();
    given.map(each -> each.patch().get(METADATA)).ifPresent(each -> template.put(METADATA, each));
    Map<String, Object> spec = specOf(given);
    spec.put(
        "containers",
        adapted.getSpec().getContainers().stream()
            .flatMap(each -> entry(each, each.getName()).stream())
            .toList());
    template.put(SPEC, spec);
    Map<String, Object> patch = new LinkedHashMap<>();
    patch.put("apiVersion", object.getApiVersion());
    patch.put("kind", object.getKind());
    patch.put(METADATA, Map.of("name", object.getMetadata().getName()));
    patch.put(SPEC, Map.of("template", template));
    return Map.of(
        "target",
        Map.of("kind", object.getKind(), "name", object.getMetadata().getName()),
        "patch",
        Serialization.asYaml(patch));
  }

  private static Map<String, Object> kustomization(List<Map<String, Object>> patches) {
    Map<String, Object> kustomization = new LinkedHashMap<>();
    kustomization.put("apiVersion", "kustomize.config.k8s.io/v1beta1");
    kustomization.put("kind", "Kustomization");
    kustomization.put("resources", Stream.of("service.yaml", "broker.yaml", "job.yaml").toList());
    kustomization.put("patches", patches);
    return kustomization;
  }
}
