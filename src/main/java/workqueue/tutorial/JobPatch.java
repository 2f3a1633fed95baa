package workqueue.tutorial;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a Job gets besides, as {@code kubectl patch --type strategic} would merge it: fields one by
 * one, lists of what has a name, a mount path or a port element by element, other lists whole; null
 * takes a field away.
 *
 * @param fields as in the YAML file
 */
public record JobPatch(Map<String, Object> fields) {
  private static final List<String> KEYS = List.of("name", "mountPath", "containerPort");

  public JobPatch {
    fields = new LinkedHashMap<>(fields);
  }

  /**
   * Reads a patch.
   *
   * @throws workqueue.EnvironmentTrouble if the file cannot be read or holds no fields
   */
  public static JobPatch read(Path file) {
    try {
      return new JobPatch(asFields(new KubernetesSerialization().unmarshal(text(file), Map.class)));
    } catch (RuntimeException malformed) {
      throw ManifestFile.trouble(file, "is no patch of a Job: it holds no fields", malformed);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw ManifestFile.trouble(file, "cannot be read: " + unreadable, unreadable);
    }
  }

  /** The Job with the patch merged into it; a container that names no image gets the Job's. */
  public JobDefinition applyTo(JobDefinition definition) {
    var yaml = new KubernetesSerialization();
    Map<String, Object> fieldsOfJob =
        asFields(yaml.unmarshal(yaml.asJson(definition.toJob()), Map.class));
    Job job = yaml.unmarshal(yaml.asJson(merged(fieldsOfJob, fields)), Job.class);
    PodSpec pod = job.getSpec().getTemplate().getSpec();
    Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
        .filter(each -> each.getImage() == null)
        .forEach(each -> each.setImage(definition.image()));
    return new JobDefinition(job);
  }

  private static Map<String, Object> merged(Map<String, Object> into, Map<String, Object> patch) {
    Map<String, Object> merged = new LinkedHashMap<>(into);
    patch.forEach(
        (field, value) -> {
          if (value == null) {
            merged.remove(field);
          } else {
            merged.put(field, merged(merged.get(field), value));
          }
        });
    return merged;
  }

  private static Object merged(Object into, Object patch) {
    if (into instanceof Map<?, ?> && patch instanceof Map<?, ?>) {
      return merged(asFields(into), asFields(patch));
    }
    return into instanceof List<?> old && patch instanceof List<?> more ? merged(old, more) : patch;
  }

  private static List<?> merged(List<?> into, List<?> patch) {
    Optional<String> key = key(patch);
    if (key.isEmpty()) {
      return patch;
    }
    List<Object> merged = new ArrayList<>(into);
    for (Object element : patch) {
      Object id = asFields(element).get(key.get());
      int at = indexOf(merged, key.get(), id);
      if (at < 0) {
        merged.add(element);
      } else {
        merged.set(at, merged(merged.get(at), element));
      }
    }
    return merged;
  }

  /** What tells the elements apart; empty where nothing does. */
  private static Optional<String> key(List<?> elements) {
    return KEYS.stream()
        .filter(
            key ->
                !elements.isEmpty()
                    && elements.stream()
                        .allMatch(each -> each instanceof Map<?, ?> map && map.containsKey(key)))
        .findFirst();
  }

  private static int indexOf(List<Object> elements, String key, Object id) {
    return Stream.iterate(0, index -> index < elements.size(), index -> index + 1)
        .filter(index -> elements.get(index) instanceof Map<?, ?>)
        .filter(index -> Objects.equals(asFields(elements.get(index)).get(key), id))
        .findFirst()
        .orElse(-1);
  }

  @SuppressWarnings("unchecked") // YAML's keys are texts
  private static Map<String, Object> asFields(Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }
}
