package workqueue.cluster;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ContainerNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import workqueue.EnvironmentTrouble;

/** A node of a throwaway cluster: a container of the local engine. */
public final class ClusterNode {
  private final Engine engine;
  private final GenericContainer<?> container;
  private final String name;
  private final boolean server;
  private final String address;

  ClusterNode(Engine engine, GenericContainer<?> container, boolean server) {
    this.engine = engine;
    this.container = container;
    this.name = container.getContainerInfo().getConfig().getHostName().toLowerCase(Locale.ROOT);
    this.server = server;
    this.address = address();
  }

  /** As the cluster knows it. */
  public String name() {
    return name;
  }

  /** Whether the control plane runs on it. */
  public boolean isServer() {
    return server;
  }

  /** Stops it as a machine that is shut down; it can be started again. */
  public void stop() {
    engine.client().stopContainerCmd(id()).exec();
  }

  /** Ends all of its processes at once, as a power failure does; it can be started again. */
  public void kill() {
    engine.client().killContainerCmd(id()).exec();
  }

  /**
   * Starts it again after its end; returns when its container runs.
   *
   * @throws EnvironmentTrouble if it comes back at another address, where the cluster would not
   *     find it
   */
  public void start() {
    engine.client().startContainerCmd(id()).exec();
    String now = address();
    if (!now.equals(address)) {
      throw new EnvironmentTrouble(movedTo(name, address, now));
    }
  }

  static String movedTo(String node, String before, String now) {
    return "Node %s came back at address %s instead of %s, where the cluster does not look for it."
        .formatted(node, now, before);
  }

  /** Whether its container runs. */
  public boolean isUp() {
    return Boolean.TRUE.equals(
        engine.client().inspectContainerCmd(id()).exec().getState().getRunning());
  }

  /** Sends a signal to its first process, for example {@code SIGSTOP}. */
  public void signal(String signal) {
    engine.client().killContainerCmd(id()).withSignal(signal).exec();
  }

  private String id() {
    return container.getContainerId();
  }

  private String address() {
    return engine
        .client()
        .inspectContainerCmd(id())
        .exec()
        .getNetworkSettings()
        .getNetworks()
        .values()
        .stream()
        .map(ContainerNetwork::getIpAddress)
        .findFirst()
        .orElse("");
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

  /**
   * Writes a file, in a folder that is there.
   *
   * @param bytes how long it is: the engine does not tell a command that its input has ended
   * @throws EnvironmentTrouble if it cannot be written
   */
  public void write(String path, long bytes, InputStream content) {
    ContainerInput.Outcome outcome =
        ContainerInput.to(
            engine,
            id(),
            content,
            path + " to be written",
            "sh",
            "-c",
            "head -c \"$1\" > \"$0\"",
            path,
            Long.toString(bytes));
    if (!outcome.good()) {
      throw new EnvironmentTrouble(failed("Writing " + path, name, outcome.output()));
    }
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
