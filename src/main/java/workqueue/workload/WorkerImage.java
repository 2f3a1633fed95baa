package workqueue.workload;

import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.BuildResponseItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.Engine;
import workqueue.cluster.EngineWork;

/** A worker's image in this machine's engine, under a name of this run's own. */
public final class WorkerImage implements AutoCloseable {
  private static final Duration BUILD = Duration.ofMinutes(15);
  private static final int LOG_LINES = 12;
  private static final Pattern COLOUR = Pattern.compile("\\x1B\\[[0-9;]*m");

  private final Engine engine;
  private final String name;

  private WorkerImage(Engine engine, String name) {
    this.engine = engine;
    this.name = name;
  }

  /**
   * Builds an image as {@code docker build -t <name> <context>} does.
   *
   * @param context a folder that holds a {@code Dockerfile}
   * @param named the folder that messages name: the same, or the one that it is a copy of
   * @param arguments of the build
   * @param labels that say which run it belongs to
   * @throws BuildFailed if one of its steps fails
   * @throws EnvironmentTrouble if a download failed in it, there is no Dockerfile, or it needs
   *     BuildKit
   */
  public static WorkerImage build(
      Engine engine,
      Path context,
      Path named,
      Map<String, String> arguments,
      Map<String, String> labels,
      String name) {
    Buildable.require(context, named);
    // In pieces as they come, which need not end where a line does.
    Queue<String> log = new ConcurrentLinkedQueue<>();
    BuildImageCmd build =
        engine
            .client()
            .buildImageCmd(context.toFile())
            .withTags(Set.of(name))
            .withLabels(labels)
            .withForcerm(true);
    arguments.forEach(build::withBuildArg);
    BuildImageResultCallback answer =
        new BuildImageResultCallback() {
          @Override
          public void onNext(BuildResponseItem item) {
            if (item.getStream() != null) {
              log.add(item.getStream());
            }
            super.onNext(item);
          }
        };
    try {
      build
          .exec(new EngineWork<>(answer, BuildResponseItem::getStream))
          .await(engine.patience(), "the build of " + named, BUILD);
      answer.awaitImageId(1, TimeUnit.SECONDS);
    } catch (DockerException | DockerClientException failure) {
      throw explain(named, failure, lines(String.join("", log)));
    }
    return new WorkerImage(engine, name);
  }

  /** The same of a folder that is no copy. */
  public static WorkerImage build(
      Engine engine,
      Path context,
      Map<String, String> arguments,
      Map<String, String> labels,
      String name) {
    return build(engine, context, context, arguments, labels, name);
  }

  private static List<String> lines(String log) {
    return COLOUR.matcher(log).replaceAll("").lines().filter(line -> !line.isBlank()).toList();
  }

  private static RuntimeException explain(
      Path context, RuntimeException failure, List<String> log) {
    String tail =
        String.join("\n    ", log.subList(Math.max(0, log.size() - LOG_LINES), log.size()));
    String why = String.valueOf(failure.getMessage()).replace("Could not build image: ", "");
    if (Downloads.failed(String.join("\n", log))) {
      return new EnvironmentTrouble(
          """
          The Dockerfile in %s could not be built, for a download failed in it: %s
          Its last lines:
              %s
          Remedy: see whether this machine's containers reach the package archive."""
              .formatted(context, why, tail),
          failure);
    }
    return new BuildFailed(
        """
        The Dockerfile in %s does not build: %s
        Its last lines:
            %s
        Remedy: docker build %s must work."""
            .formatted(context, why, tail, context));
  }

  /** Sets or clears the executable bits of a file, as {@code chmod +x} or {@code -x} does. */
  public static void setExecutable(Path file, boolean executable) {
    Set<PosixFilePermission> bits =
        Set.of(
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_EXECUTE);
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (executable) {
        permissions.addAll(bits);
      } else {
        permissions.removeAll(bits);
      }
      Files.setPosixFilePermissions(file, permissions);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public String name() {
    return name;
  }

  /** The engine's id of it. */
  public String id() {
    return engine.imageId(name);
  }

  /** The command that a container of it runs, in the words of the image. */
  public List<String> command() {
    String[] command = engine.client().inspectImageCmd(name).exec().getConfig().getCmd();
    return Optional.ofNullable(command).map(List::of).orElse(List.of());
  }

  /** Gives it a further name. */
  public void tag(String repository, String tag) {
    engine.client().tagImageCmd(name, repository, tag).exec();
  }

  /** Takes the name that it was built under from the image. */
  @Override
  public void close() {
    engine.untag(name);
  }
}
