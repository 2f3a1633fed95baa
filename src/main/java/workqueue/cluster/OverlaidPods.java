package workqueue.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;
import workqueue.configuration.PodOverlay;

/** Objects whose pods get something besides. */
public final class OverlaidPods {
  private static final ObjectMapper JSON = new ObjectMapper();

  private OverlaidPods() {}

  /** A copy of the object with it; of one that makes no pods, the same. */
  @SuppressWarnings("unchecked")
  public static <T extends HasMetadata> T of(PodOverlay overlay, T object) {
    T copy = Serialization.clone(object);
    if (copy instanceof Pod pod) {
      return (T) overlaid(overlay, pod, Pod.class);
    }
    template(copy)
        .ifPresent(
            template -> {
              PodTemplateSpec more = overlaid(overlay, template, PodTemplateSpec.class);
              template.setMetadata(more.getMetadata());
              template.setSpec(more.getSpec());
            });
    return copy;
  }

  /** The template of the pods that an object makes; empty if it makes none. */
  public static Optional<PodTemplateSpec> template(HasMetadata object) {
    if (object instanceof Job job) {
      return Optional.of(job.getSpec().getTemplate());
    }
    if (object instanceof StatefulSet set) {
      return Optional.of(set.getSpec().getTemplate());
    }
    if (object instanceof ReplicationController controller) {
      return Optional.of(controller.getSpec().getTemplate());
    }
    return Optional.empty();
  }

  private static <T> T overlaid(PodOverlay overlay, T template, Class<T> type) {
    try {
      Map<String, Object> plain =
          JSON.readValue(Serialization.asJson(template), new TypeReference<>() {});
      return Serialization.unmarshal(JSON.writeValueAsString(overlay.on(plain)), type);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
