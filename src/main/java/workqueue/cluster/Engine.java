package workqueue.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import org.testcontainers.DockerClientFactory;
import workqueue.EnvironmentTrouble;

/** The Docker engine that throwaway clusters, brokers and registries run in. */
public final class Engine {
  private final DockerClient client;

  private Engine(DockerClient client) {
    this.client = client;
  }

  /**
   * Finds the engine as Testcontainers does: {@code DOCKER_HOST}, then the usual sockets.
   *
   * @throws EnvironmentTrouble if none answers
   */
  public static Engine connect() {
    try {
      return new Engine(DockerClientFactory.instance().client());
    } catch (IllegalStateException none) {
      throw noEngine(none);
    }
  }

  static EnvironmentTrouble noEngine(Throwable cause) {
    return new EnvironmentTrouble(
        """
        No Docker engine answers, and the harness starts its cluster, broker and registry in one.
        Remedy: run fixtures/bootstrap, which starts an engine and prepares the images; or set \
        DOCKER_HOST to an engine that runs.""",
        cause);
  }

  /** The engine's API. */
  public DockerClient client() {
    return client;
  }

  /** Whether the engine holds the image. */
  public boolean holds(String image) {
    try {
      client.inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException absent) {
      return false;
    }
  }

  /**
   * The engine's id of an image: the digest of its configuration.
   *
   * @throws EnvironmentTrouble if the engine does not hold the image
   */
  public String imageId(String image) {
    try {
      return client.inspectImageCmd(image).exec().getId();
    } catch (NotFoundException absent) {
      throw noImage(image, absent);
    }
  }

  static EnvironmentTrouble noImage(String image, Throwable cause) {
    return new EnvironmentTrouble(
        """
        The image %s does not exist: neither this machine's engine holds it, nor can it be pulled.
        Remedy: mend the name, build or pull the image, or run fixtures/bootstrap, which prepares \
        the harness's own images."""
            .formatted(image),
        cause);
  }
}
