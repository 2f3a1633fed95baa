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
 * Waits until a container is ready, and gives up at once when it has ended.
 *
 * <p>Testcontainers' own strategies wait on for a container that is dead, and remove it with its
 * log before one can look.
 */
public abstract class ReadyContainer extends AbstractWaitStrategy {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final int LOG_LINES = 15;

  private final String what;
  private final Patience patience;
  private final Duration limit;

  /**
   * @param what shows that it is ready
   * @param limit before stretching
   */
  protected ReadyContainer(String what, Patience patience, Duration limit) {
    this.what = what;
    this.patience = patience;
    this.limit = limit;
  }

  /** Says that it never got ready, with the last lines that it printed. */
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

  /** Looks whether it is ready; it runs, or has just ended. */
  protected abstract Sight<Boolean> ready();

  @Override
  protected final void waitUntilReady() {
    try {
      patience.await(what, limit, BETWEEN_LOOKS, this::look);
    } catch (WaitedInVain inVain) {
      throw new NeverReady(inVain, lastLines());
    }
  }

  private Sight<Boolean> look() {
    // The state is read first: what a container prints before its end is in the log afterwards.
    boolean running =
        Boolean.TRUE.equals(waitStrategyTarget.getCurrentContainerInfo().getState().getRunning());
    Sight<Boolean> sight = ready();
    return running || sight instanceof Sight.Found<Boolean>
        ? sight
        : Sight.hopeless("the container has ended");
  }

  /** All that it printed. */
  protected final String log() {
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
