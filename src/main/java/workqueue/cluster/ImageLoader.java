package workqueue.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.SaveImagesCmd;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import workqueue.EnvironmentTrouble;

/**
 * Brings images of the engine into a node that runs in a container of that engine.
 *
 * <p>All images of a call go as one stream from the engine through {@code ctr images import}: a
 * layer they share goes once, and nothing is written to this machine's disk.
 */
final class ImageLoader {
  private static final Duration LIMIT = Duration.ofMinutes(10);

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
      importInto(docker, archive, missing);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    loaded.addAll(missing);
  }

  private void importInto(DockerClient docker, InputStream archive, Set<String> images) {
    String exec =
        docker
            .execCreateCmd(nodeContainer)
            .withCmd("ctr", "images", "import", "-")
            .withAttachStdin(true)
            .withAttachStdout(true)
            .withAttachStderr(true)
            .exec()
            .getId();
    Queue<String> output = new ConcurrentLinkedQueue<>();
    var answer =
        new ResultCallback.Adapter<Frame>() {
          @Override
          public void onNext(Frame frame) {
            output.add(text(frame));
          }
        };
    docker
        .execStartCmd(exec)
        .withStdIn(archive)
        .exec(new EngineWork<>(answer, ImageLoader::text))
        .await(engine.patience(), "the node to take " + String.join(", ", images), LIMIT);
    Long code = docker.inspectExecCmd(exec).exec().getExitCodeLong();
    if (code == null || code != 0) {
      throw new EnvironmentTrouble(
          "The node does not take the images %s: %s%nRemedy: see whether its disk is full: df -h."
              .formatted(String.join(", ", images), String.join("", output).strip()));
    }
  }

  private static String text(Frame frame) {
    return new String(frame.getPayload(), StandardCharsets.UTF_8);
  }
}
