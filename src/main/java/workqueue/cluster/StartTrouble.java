package workqueue.cluster;

import com.github.dockerjava.api.exception.DockerException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import workqueue.EnvironmentTrouble;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;

/** Tells why a container did not start, in one message with a remedy. */
public final class StartTrouble {
  private StartTrouble() {}

  /**
   * The message for a container that did not start.
   *
   * @param role what the container is to the reader, for example "the cluster's node"
   * @param failure what Testcontainers threw
   */
  public static EnvironmentTrouble of(
      String role, GenericContainer<?> container, RuntimeException failure) {
    return of(role, container.getDockerImageName(), untried(), failure);
  }

  private static Optional<String> untried() {
    try {
      return Engine.connect(new Patience(1, Progress.NONE)).kind().untried();
    } catch (DockerException | EnvironmentTrouble gone) {
      return Optional.empty();
    }
  }

  static EnvironmentTrouble of(
      String role, String image, Optional<String> untried, Throwable failure) {
    String chain = messages(failure).toLowerCase(Locale.ROOT);
    if (chain.contains("can't get docker image")
        || chain.contains("no such image")
        || chain.contains("could not pull image")) {
      return Engine.noImage(image, failure);
    }
    if (chain.contains("operation not permitted")
        || chain.contains("permission denied")
        || chain.contains("privileged mode is incompatible")
        || chain.contains("privileged containers")
        || chain.contains("authorization denied by plugin")) {
      return new EnvironmentTrouble(
          """
          The Docker engine may not start privileged containers, which %s needs: %s
          Remedy: use an engine that runs as root (not rootless, not behind a policy); \
          fixtures/bootstrap sets one up on Debian and Ubuntu."""
              .formatted(role, rootMessage(failure)),
          failure);
    }
    ReadyContainer.NeverReady end = cause(failure, ReadyContainer.NeverReady.class);
    List<String> log = end == null ? List.of() : end.lastLines();
    return new EnvironmentTrouble(
        """
        The image %s did not become %s: %s
        Its last lines:
        %s
        %sRemedy: give an image that is made for this role, or leave the parameter out%s."""
            .formatted(
                image,
                role,
                end == null ? rootMessage(failure) : end.getMessage(),
                log.isEmpty() ? "    (it printed nothing)" : "    " + String.join("\n    ", log),
                untried.map(StartTrouble::notTried).orElse(""),
                untried.isPresent() ? "; or use Docker on Linux, x86-64" : ""),
        failure);
  }

  private static String notTried(String engine) {
    return "The harness has been run with Docker on Linux, x86-64, only; this is %s.%n"
        .formatted(engine);
  }

  private static <T extends Throwable> T cause(Throwable failure, Class<T> type) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    return null;
  }

  private static String messages(Throwable failure) {
    StringBuilder all = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      all.append(each.getMessage()).append('\n');
    }
    return all.toString();
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).strip();
  }
}
