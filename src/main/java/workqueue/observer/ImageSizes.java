package workqueue.observer;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import workqueue.history.Recorder;
import workqueue.history.Source;

/** How large the images are that a namespace's pods run, as the nodes say that hold them. */
public final class ImageSizes {
  private ImageSizes() {}

  /** Records those of the pods that are there; what cannot be asked is recorded as a gap. */
  public static void look(KubernetesClient client, String namespace, Recorder recorder) {
    Instant from = recorder.now();
    try {
      List<Pod> pods = client.pods().inNamespace(namespace).list().getItems();
      Set<String> names =
          pods.stream()
              .map(pod -> pod.getSpec().getNodeName())
              .filter(Objects::nonNull)
              .collect(Collectors.toSet());
      for (String name : names) {
        for (Node node : client.nodes().withField("metadata.name", name).list().getItems()) {
          pods.stream()
              .filter(pod -> name.equals(pod.getSpec().getNodeName()))
              .flatMap(pod -> UseMapping.images(pod, node).stream())
              .distinct()
              .forEach(held -> recorder.record(Source.USE, held));
        }
      }
    } catch (RuntimeException refused) {
      Sights.lost(recorder, Source.USE, from, "the sizes of images cannot be asked", refused);
    }
  }
}
