package workqueue.cluster;

import java.time.Duration;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;

/** Waits for a container to print a line. */
public final class ReadyLine extends ReadyContainer {
  private final String line;

  /**
   * @param line what the ready line contains
   * @param limit before stretching
   */
  public ReadyLine(String line, Patience patience, Duration limit) {
    super("the line \"" + line + "\"", patience, limit);
    this.line = line;
  }

  @Override
  protected Sight<Boolean> ready() {
    return log().contains(line) ? Sight.found(true) : Sight.notYet("the container runs");
  }
}
