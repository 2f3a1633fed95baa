package workqueue.cluster;

import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.util.Locale;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import workqueue.EnvironmentTrouble;

/** A node of a throwaway cluster: a container of the local engine. */
public final class ClusterNode {
  private final GenericContainer<?> container;
  private final String name;
  private final boolean server;

  ClusterNode(GenericContainer<?> container, boolean server) {
    this.container = container;
    this.name = container.getContainerInfo().getConfig().getHostName().toLowerCase(Locale.ROOT);
    this.server = server;
  }

  /** As the cluster knows it. */
  public String name() {
    return name;
  }

  /** Whether the control plane runs on it. */
  public boolean isServer() {
    return server;
  }

  /**
   * Runs a command on the node.
   *
   * @return what it printed to standard output
   * @throws EnvironmentTrouble if it fails, or the node cannot be asked
   */
  public String require(String... command) {
    ExecResult result = run(command);
    if (result.getExitCode() != 0) {
      throw new EnvironmentTrouble(
          failed(command[0], name, (result.getStdout() + result.getStderr()).strip()));
    }
    return result.getStdout();
  }

  static String failed(String command, String node, String words) {
    return "%s failed on node %s: %s".formatted(command, node, words);
  }

  private ExecResult run(String... command) {
    try {
      return container.execInContainer(command);
    } catch (IOException | DockerException | IllegalStateException failure) {
      throw new EnvironmentTrouble("Node " + name + " cannot be asked.", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EnvironmentTrouble("Interrupted while asking node " + name + ".", interrupted);
    }
  }

  @Override
  public String toString() {
    return "node " + name;
  }
}
