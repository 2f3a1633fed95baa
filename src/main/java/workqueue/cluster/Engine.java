package workqueue.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.EnvironmentAndSystemPropertyClientProviderStrategy;
import workqueue.EnvironmentTrouble;
import workqueue.waiting.Patience;

/** The Docker engine that throwaway clusters, brokers and registries run in. */
public final class Engine {
  private static final Duration PULL = Duration.ofMinutes(15);

  private final DockerClient client;
  private final Patience patience;

  Engine(DockerClient client, Patience patience) {
    this.client = client;
    this.patience = patience;
  }

  /**
   * Finds the engine as Testcontainers does: {@code DOCKER_HOST}, then the usual sockets.
   *
   * @param patience with what it does
   * @throws EnvironmentTrouble if none answers, or not the one that {@code DOCKER_HOST} names
   */
  public static Engine connect(Patience patience) {
    Optional.ofNullable(System.getenv("DOCKER_HOST"))
        .filter(each -> !each.isBlank())
        .ifPresent(Engine::requireAnswer);
    try {
      return new Engine(DockerClientFactory.instance().client(), patience);
    } catch (IllegalStateException none) {
      throw noEngine(none);
    }
  }

  /**
   * Testcontainers would go on to the usual sockets, and use an engine that nobody named: where it
   * asks that engine for its address with an image of its own, only after minutes.
   */
  // Deprecated for being called from outside; it alone knows how the environment is read.
  @SuppressWarnings({"deprecation", "resource"})
  private static void requireAnswer(String address) {
    try {
      new EnvironmentAndSystemPropertyClientProviderStrategy().getDockerClient().pingCmd().exec();
    } catch (RuntimeException none) {
      throw noEngineAt(address, none);
    }
  }

  static EnvironmentTrouble noEngineAt(String address, Throwable cause) {
    return new EnvironmentTrouble(
        """
        No Docker engine answers at %s, the address in DOCKER_HOST.
        Remedy: start that engine or correct the address; or unset DOCKER_HOST and run \
        fixtures/bootstrap, which starts an engine."""
            .formatted(address),
        cause);
  }

  static EnvironmentTrouble noEngine(Throwable cause) {
    return new EnvironmentTrouble(
        """
        No Docker engine answers, and the harness starts its cluster, broker and registry in one.
        Remedy: run fixtures/bootstrap, which starts an engine and prepares the images; or set \
        DOCKER_HOST to an engine that runs.""",
        cause);
  }

  /** The patience with what it does. */
  public Patience patience() {
    return patience;
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
   * Sees to it that the engine holds an image, pulling it if need be.
   *
   * <p>Testcontainers would ask a registry that cannot be reached again and again for two minutes.
   *
   * @throws EnvironmentTrouble if there is no such image
   */
  public void require(String image) {
    if (holds(image)) {
      return;
    }
    try {
      client
          .pullImageCmd(tagged(image))
          .exec(new EngineWork<>(new PullImageResultCallback(), PullResponseItem::getStatus))
          .await(patience, "the engine to pull " + image, PULL);
    } catch (DockerClientException | DockerException refused) {
      throw noImage(image, refused);
    }
  }

  /** What kind of engine it is. */
  EngineKind kind() {
    return EngineKind.of(client.versionCmd().exec(), client.infoCmd().exec());
  }

  /** Whether its machine has version 2 of the kernel's control groups. */
  boolean hasUnifiedCgroups() {
    return "2".equals(client.infoCmd().exec().getCGroupVersion());
  }

  /** Of a name without a tag the engine would pull every tag that there is. */
  static String tagged(String image) {
    boolean exact = image.contains("@") || image.lastIndexOf(':') > image.lastIndexOf('/');
    return exact ? image : image + ":latest";
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

  /**
   * Takes a name from the image that has it. With its last name an image of a run goes, and the
   * layers that carry the run's label: nobody else can use them. All else that it is made of stays
   * as a cache.
   */
  public void untag(String image) {
    List<String> own = layersOfItsRun(image);
    try {
      client.removeImageCmd(image).withNoPrune(true).exec();
    } catch (DockerException refused) {
      // Two that take an image's last names at once: one is told that there is no such image id.
      if (holds(image)) {
        throw refused;
      }
    }
    own.forEach(this::removeUnused);
  }

  /** The layers below an image that carry the label of the image's run, the nearest first. */
  private List<String> layersOfItsRun(String image) {
    List<String> layers = new ArrayList<>();
    try {
      InspectImageResponse layer = client.inspectImageCmd(image).exec();
      String run = run(layer);
      while (!run.isEmpty() && layer.getParent() != null && !layer.getParent().isEmpty()) {
        layer = client.inspectImageCmd(layer.getParent()).exec();
        if (!run.equals(run(layer)) || isNamed(layer)) {
          break;
        }
        layers.add(layer.getId());
      }
    } catch (NotFoundException gone) {
      // Somebody else has removed it: what is known so far is all that there is.
    }
    return layers;
  }

  /** Whether it is an image of its own, which another one was built on. */
  private static boolean isNamed(InspectImageResponse image) {
    return image.getRepoTags() != null && !image.getRepoTags().isEmpty();
  }

  private static String run(InspectImageResponse image) {
    return image.getConfig() == null || image.getConfig().getLabels() == null
        ? ""
        : image.getConfig().getLabels().getOrDefault(RunLock.LABEL, "");
  }

  /** Removes a layer, unless an image that is still there is made of it. */
  private void removeUnused(String layer) {
    try {
      client.removeImageCmd(layer).withNoPrune(true).exec();
    } catch (NotFoundException | ConflictException used) {
      // It is part of an image that has another name still, or is gone already.
    }
  }

  /** What it tells of an image; empty if it does not hold it. */
  public Optional<ImageFacts> facts(String image) {
    try {
      InspectImageResponse seen = client.inspectImageCmd(image).exec();
      return Optional.of(new ImageFacts(seen.getArch(), seen.getSize()));
    } catch (NotFoundException absent) {
      return Optional.empty();
    }
  }

  static EnvironmentTrouble noImage(String image, Throwable cause) {
    return new EnvironmentTrouble(
        """
        The image %s does not exist: neither this machine's engine holds it, nor can it be pulled.
        Remedy: correct the name, build or pull the image, or run fixtures/bootstrap, which prepares \
        the harness's own images."""
            .formatted(image),
        cause);
  }
}
