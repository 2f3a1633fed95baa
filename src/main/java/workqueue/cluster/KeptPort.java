package workqueue.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.testcontainers.containers.GenericContainer;
import workqueue.EnvironmentTrouble;

/**
 * A port of this machine that a container keeps when it is started again: the engine would choose
 * another one each time.
 */
public final class KeptPort {
  // Below the ports that systems give to outgoing connections and engines to containers.
  private static final int FIRST = 20_000;
  private static final int AFTER_LAST = 32_000;
  private static final int TRIES = 100;
  // That of a container that is stopped for a while looks free.
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private KeptPort() {}

  /**
   * Publishes a port of a container that is not started yet.
   *
   * @return the port of this machine
   */
  public static int give(GenericContainer<?> container, int port) {
    List<String> bindings = new ArrayList<>(container.getPortBindings());
    int published = choose();
    bindings.add(published + ":" + port);
    container.setPortBindings(bindings);
    return published;
  }

  private static int choose() {
    for (int tried = 0; tried < TRIES; tried++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, AFTER_LAST);
      if (isFree(port) && GIVEN.add(port)) {
        return port;
      }
    }
    throw new EnvironmentTrouble(
        "Of %d ports tried between %d and %d none is free on this machine."
            .formatted(TRIES, FIRST, AFTER_LAST - 1));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
