package workqueue.broker;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.Map;
import workqueue.cluster.ScenarioNamespace;

/** The authorities of a broker's certificate, as pods have them. */
final class AuthorityFile {
  private static final String NAME = "broker-authorities";
  private static final String FILE = "cacert.pem";

  /**
   * Where amqp-tools look unless they are told otherwise, as they are not in the documented Job.
   */
  static final String PATH = "/etc/ssl/certs/" + FILE;

  private AuthorityFile() {}

  /** Gives a namespace the authorities, for its pods to mount. */
  static void give(ScenarioNamespace namespace, String pem) {
    ConfigMap given =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(NAME)
            .withNamespace(namespace.name())
            .endMetadata()
            .withData(Map.of(FILE, pem))
            .build();
    namespace.client().resource(given).create();
  }

  /** The pod with the authorities in each of its containers. */
  static PodSpec mountedIn(PodSpec pod) {
    PodSpecBuilder mounting =
        new PodSpecBuilder(pod)
            .addNewVolume()
            .withName(NAME)
            .withNewConfigMap()
            .withName(NAME)
            .endConfigMap()
            .endVolume();
    return mounting
        .withContainers(pod.getContainers().stream().map(AuthorityFile::mounting).toList())
        .build();
  }

  private static Container mounting(Container container) {
    return new ContainerBuilder(container)
        .addNewVolumeMount()
        .withName(NAME)
        .withMountPath(PATH)
        .withSubPath(FILE)
        .withReadOnly(true)
        .endVolumeMount()
        .build();
  }
}
