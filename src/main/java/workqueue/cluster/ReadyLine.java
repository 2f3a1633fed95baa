package workqueue.cluster;

import com.github.dockerjava.api.exception.DockerException;
import java.time.Duration;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.LogUtils;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;
import workqueue.waiting.WaitedInVain;

/**
 * Waits for a container to print a line, and gives up at once when it has ended.
 *
 * <p>Testcontainers' own strategy waits on for a container that is dead, and removes it with its
 * log before one can look.
 */
public final class ReadyLine extends AbstractWaitStrategy {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final int LOG_LINES = 15;

  private final String line;
  private final Patience patience;
  private final Duration limit;

  /**
   * @param line what the ready line contains
   * @param limit before stretching
   */
  public ReadyLine(String line, Patience patience, Duration limit) {
    this.line = line;
    this.patience = patience;
    this.limit = limit;
  }

  /** Says that the line never came, with the last lines that did. */
  static final class NeverReady extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> lastLines;

    NeverReady(WaitedInVain cause, List<String> lastLines) {
      super(cause.getMessage(), cause);
      this.lastLines = lastLines;
    }

    List<String> lastLines() {
      return lastLines;
    }
  }

  @Override
  protected void waitUntilReady() {
    try {
      patience.await("the line \"" + line + "\"", limit, BETWEEN_LOOKS, this::look);
    } catch (WaitedInVain inVain) {
      throw new NeverReady(inVain, lastLines());
    }
  }

  private Sight<Boolean> look() {
    // The state is read first: what a container prints before its end is in the log afterwards.
    boolean running =
        Boolean.TRUE.equals(waitStrategyTarget.getCurrentContainerInfo().getState().getRunning());
    if (log().contains(line)) {
      return Sight.found(true);
    }
    return running ? Sight.notYet("the container runs") : Sight.hopeless("the container has ended");
  }

  private String log() {
    return LogUtils.getOutput(
        DockerClientFactory.instance().client(), waitStrategyTarget.getContainerId());
  }

  private List<String> lastLines() {
    try {
      List<String> lines = log().lines().toList();
      return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
    } catch (DockerException gone) {
      return List.of();
    }
  }
}
