package workqueue.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What all pods of a run get besides, on a cluster that does not take them as they are documented:
 * a patch of a pod's template, merged as {@code kustomize} merges one.
 *
 * <p>An entry of {@code spec.containers} with a name is for the containers of that name, and one
 * without for all of them.
 *
 * @param patch {@code metadata} and {@code spec}, as YAML has them
 */
public record PodOverlay(Map<String, Object> patch) {
  private static final String SPEC = "spec";
  private static final String CONTAINERS = "containers";
  private static final String NAME = "name";
  private static final List<String> PARTS = List.of("metadata", SPEC);
  private static final List<String> OF_METADATA = List.of("annotations", "labels");
  private static final List<String> OF_SPEC =
      List.of(
          "affinity",
          CONTAINERS,
          "imagePullSecrets",
          "nodeSelector",
          "priorityClassName",
          "runtimeClassName",
          "schedulerName",
          "securityContext",
          "serviceAccountName",
          "tolerations",
          "topologySpreadConstraints");
  private static final List<String> OF_CONTAINER = List.of(NAME, "resources", "securityContext");

  /** What is added to what is there, where all else replaces it. */
  private static final Set<String> ADDED = Set.of("imagePullSecrets", "tolerations");

  public PodOverlay {
    patch = Map.copyOf(patch);
  }

  /**
   * Reads a file.
   *
   * @throws Mistake that says what in it is not allowed
   */
  static PodOverlay read(Path file) {
    Map<String, Object> patch = map("the file", Flow.read(content(file)));
    requireAmong("", PARTS, patch);
    requireAmong(
        "metadata.", OF_METADATA, map("metadata", patch.getOrDefault("metadata", Map.of())));
    Map<String, Object> spec = map(SPEC, patch.getOrDefault(SPEC, Map.of()));
    requireAmong("spec.", OF_SPEC, spec);
    for (String list : ADDED) {
      if (!(spec.getOrDefault(list, List.of()) instanceof List<?>)) {
        throw new Mistake("spec." + list + " is a list.");
      }
    }
    for (Map<String, Object> each : containers(spec)) {
      requireAmong("spec.containers[].", OF_CONTAINER, each);
      if (each.containsKey(NAME) && !(each.get(NAME) instanceof String)) {
        throw new Mistake("a name in spec.containers is a container's, or is left out for all.");
      }
      Object privileged =
          map("securityContext", each.getOrDefault("securityContext", Map.of())).get("privileged");
      // Of a text the API makes what it says.
      if ("true".equalsIgnoreCase(String.valueOf(privileged))) {
        throw new Mistake("a guest's pods are never privileged.");
      }
    }
    return new PodOverlay(patch);
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new Mistake("this cannot be read: " + unreadable.getMessage() + ".");
    }
  }

  /** A template, or a pod, with this besides. */
  public Map<String, Object> on(Map<String, Object> template) {
    Map<String, Object> merged = new LinkedHashMap<>(template);
    if (patch.get("metadata") instanceof Map<?, ?> metadata) {
      merged.put("metadata", merged(template.get("metadata"), metadata));
    }
    Map<String, Object> wanted = new LinkedHashMap<>(asMap(patch.get(SPEC)));
    List<Map<String, Object>> containers = containers(wanted);
    wanted.remove(CONTAINERS);
    Map<String, Object> spec = asMap(merged(template.get(SPEC), wanted));
    for (String list : List.of(CONTAINERS, "initContainers")) {
      if (spec.get(list) instanceof List<?> there) {
        spec.put(list, there.stream().map(each -> withAll(asMap(each), containers)).toList());
      }
    }
    merged.put(SPEC, spec);
    return merged;
  }

  private static Map<String, Object> withAll(
      Map<String, Object> container, List<Map<String, Object>> entries) {
    Map<String, Object> merged = container;
    for (Map<String, Object> each : entries) {
      if (!each.containsKey(NAME) || each.get(NAME).equals(container.get(NAME))) {
        Map<String, Object> more = new LinkedHashMap<>(each);
        more.remove(NAME);
        merged = asMap(merged(merged, more));
      }
    }
    return merged;
  }

  /** Maps are merged, some lists are added to, and anything else is replaced. */
  private static Object merged(Object there, Object wanted) {
    if (!(wanted instanceof Map<?, ?> changes)) {
      return wanted;
    }
    Map<String, Object> all = new LinkedHashMap<>(asMap(there));
    asMap(changes)
        .forEach(
            (key, value) -> {
              if (ADDED.contains(key) && all.get(key) instanceof List<?> before) {
                List<Object> both = new ArrayList<>(before);
                both.addAll((List<?>) value);
                all.put(key, both);
              } else {
                all.put(key, merged(all.get(key), value));
              }
            });
    return all;
  }

  private static List<Map<String, Object>> containers(Map<String, Object> spec) {
    Object list = spec.getOrDefault(CONTAINERS, List.of());
    if (!(list instanceof List<?> entries)) {
      throw new Mistake("spec.containers is a list: of what each container gets.");
    }
    return entries.stream().map(each -> map("each of spec.containers", each)).toList();
  }

  private static void requireAmong(String above, List<String> allowed, Map<String, Object> keys) {
    for (String each : keys.keySet()) {
      if (!allowed.contains(each)) {
        throw new Mistake(
            "pods get no %s%s besides: allowed are %s. Did you mean %s?"
                .formatted(above, each, String.join(", ", allowed), Nearest.of(each, allowed)));
      }
    }
  }

  private static Map<String, Object> map(String what, Object value) {
    if (!(value instanceof Map<?, ?>)) {
      throw new Mistake(what + " has to be a map, for example {labels: {team: a}}.");
    }
    return asMap(value);
  }

  private static Map<String, Object> asMap(Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> any) {
      any.forEach((key, each) -> map.put(String.valueOf(key), each));
    }
    return map;
  }
}
