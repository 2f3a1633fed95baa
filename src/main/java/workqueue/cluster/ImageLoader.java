package workqueue.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.SaveImagesCmd;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import workqueue.EnvironmentTrouble;

/**
 * Brings images of the engine into a node that runs in a container of that engine.
 *
 * <p>All images of a call go as one stream from the engine through {@code ctr images import}: a
 * layer they share goes once, and nothing is written to this machine's disk.
 */
final class ImageLoader {
  private final Engine engine;
  private final String nodeContainer;
  private final Set<String> loaded = new LinkedHashSet<>();

  ImageLoader(Engine engine, String nodeContainer) {
    this.engine = engine;
    this.nodeContainer = nodeContainer;
  }

  /** Loads those of the images that this loader has not loaded yet. */
  synchronized void load(Collection<String> images) {
    Set<String> missing = new LinkedHashSet<>(images);
    missing.removeAll(loaded);
    if (missing.isEmpty()) {
      return;
    }
    DockerClient docker = engine.client();
    SaveImagesCmd save = docker.saveImagesCmd();
    for (String image : missing) {
      engine.require(image);
      String tagged = Engine.tagged(image);
      int colon = tagged.lastIndexOf(':');
      save.withImage(tagged.substring(0, colon), tagged.substring(colon + 1));
    }
    try (InputStream archive = save.exec()) {
      importInto(archive, missing);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    loaded.addAll(missing);
  }

  private void importInto(InputStream archive, Set<String> images) {
    ContainerInput.Outcome outcome =
        ContainerInput.to(
            engine,
            nodeContainer,
            archive,
            "the node to take " + String.join(", ", images),
            "ctr",
            "images",
            "import",
            "-");
    if (!outcome.good()) {
      throw new EnvironmentTrouble(
          "The node does not take the images %s: %s%nRemedy: see whether its disk is full: df -h."
              .formatted(String.join(", ", images), outcome.output()));
    }
  }
}
