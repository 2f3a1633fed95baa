package workqueue.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The limits that LimitRanges gave a pod, as the annotation tells that Kubernetes leaves. */
public final class GivenLimits {
  private static final String ANNOTATION = "kubernetes.io/limit-ranger";
  private static final String PREFIX = "LimitRanger plugin set: ";
  private static final String LIMIT_FOR = " limit for ";

  private GivenLimits() {}

  /** The resources that each container was given a limit of, by the container's name. */
  public static Map<String, List<String>> of(Pod pod) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    String told = annotations == null ? "" : annotations.getOrDefault(ANNOTATION, "");
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (String part : told.replace(PREFIX, "").split("; ", -1)) {
      int at = part.indexOf(LIMIT_FOR);
      if (at > 0) {
        given.put(
            part.substring(part.lastIndexOf(' ') + 1),
            List.of(part.substring(0, at).split(", ", -1)));
      }
    }
    return given;
  }
}
