package workqueue.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import workqueue.waiting.Aside;
import workqueue.waiting.Patience;
import workqueue.waiting.WaitedInVain;

/**
 * Finds the address at which a throwaway cluster's nodes, and so its pods, reach this JVM: the
 * Docker host's on the run's network, or that of Docker Desktop, whose host is another machine.
 *
 * <p>An address is found only if a connection from the node arrived here: a firewall on the host
 * drops it silently.
 */
final class WayHere {
  private static final String DOCKER_DESKTOP = "host.docker.internal";

  /** The nodes of Rancher's image have no nc; that it is no HTTP which answers does not matter. */
  private static final String CALL =
      """
      busybox nc -w 2 "$0" "$1" </dev/null || busybox wget -q -T 2 -O /dev/null "http://$0:$1/"
      """;

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private WayHere() {}

  /**
   * Tries the ways there may be.
   *
   * @param gateway of the node's network
   */
  static Optional<String> from(GenericContainer<?> node, String gateway, Patience patience) {
    List<String> candidates = new ArrayList<>(List.of(gateway));
    try (ServerSocket here = new ServerSocket()) {
      here.bind(new InetSocketAddress(0));
      resolve(node).ifPresent(candidates::add);
      for (String candidate : candidates) {
        if (arrives(node, candidate, here, patience)) {
          return Optional.of(candidate);
        }
      }
      return Optional.empty();
    } catch (IOException noSocket) {
      return Optional.empty();
    }
  }

  private static boolean arrives(
      GenericContainer<?> node, String address, ServerSocket here, Patience patience) {
    CompletableFuture<Boolean> arrived = Aside.supply(() -> answered(here));
    String port = Integer.toString(here.getLocalPort());
    exec(node, "sh", "-c", CALL, address, port);
    if (!arrived.isDone()) {
      knock(here);
    }
    try {
      return patience.await("a connection from the node to " + address, LIMIT, arrived);
    } catch (WaitedInVain neverCame) {
      return false;
    }
  }

  /** Whether the next connection comes from elsewhere. */
  private static boolean answered(ServerSocket here) {
    try (Socket caller = here.accept()) {
      return !caller.getInetAddress().isLoopbackAddress();
    } catch (IOException broken) {
      return false;
    }
  }

  /** Ends a wait for a connection that did not come. */
  private static void knock(ServerSocket here) {
    try (Socket knock = new Socket()) {
      knock.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), here.getLocalPort()));
    } catch (IOException answeredMeanwhile) {
      // the wait is over either way
    }
  }

  private static Optional<String> resolve(GenericContainer<?> node) {
    return exec(node, "getent", "ahostsv4", DOCKER_DESKTOP)
        .filter(each -> each.getExitCode() == 0)
        .map(each -> each.getStdout().strip())
        .filter(each -> !each.isEmpty())
        .map(each -> each.substring(0, each.indexOf(' ')));
  }

  private static Optional<ExecResult> exec(GenericContainer<?> node, String... command) {
    try {
      return Optional.of(node.execInContainer(command));
    } catch (IOException | RuntimeException failure) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
