package workqueue.walkthrough;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.function.Supplier;
import workqueue.broker.ContainerBroker;
import workqueue.cluster.Cluster;
import workqueue.cluster.Engine;
import workqueue.cluster.ScenarioNamespace;
import workqueue.configuration.Configuration;
import workqueue.configuration.Images;
import workqueue.history.Header;
import workqueue.observer.Observation;
import workqueue.tutorial.Edition;
import workqueue.tutorial.Fixtures;
import workqueue.tutorial.Manifests;

/**
 * Where a walk takes place, and by which edition.
 *
 * @param engines gives the engine of this machine
 * @param observation of the namespace, opened before anything is made in it
 * @param header of the walk's history
 * @param labels of what is made in the engine, which say whose it is
 * @param containerBroker starts or gives the run's broker beside the cluster; asked only if the
 *     configuration wants that one
 */
public record Stage(
    Supplier<Engine> engines,
    Cluster cluster,
    ScenarioNamespace namespace,
    Observation observation,
    Header header,
    Configuration configuration,
    Images images,
    Fixtures fixtures,
    Edition edition,
    Map<String, String> labels,
    Supplier<ContainerBroker> containerBroker) {

  /** The engine of this machine; asked only for what is built there. */
  Engine engine() {
    return engines.get();
  }

  KubernetesClient client() {
    return namespace.client();
  }

  Manifests manifests() {
    return new Manifests(fixtures).forBroker(configuration.brokerImage());
  }

  /** What can be had here for the edition's documented base image. */
  String baseImage() {
    return edition == Edition.CLASSIC ? images.classicBase() : images.currentBase();
  }
}
