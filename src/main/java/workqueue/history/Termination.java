package workqueue.history;

import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * How a container's run ended. Kubernetes gives the times in whole seconds.
 *
 * @param exitCode the process' code; above 128, a signal's number plus 128
 */
public record Termination(
    int exitCode, String reason, String message, Instant startedAt, Instant finishedAt) {
  public Termination {
    reason = Text.clean(reason);
    message = Text.clean(message);
  }

  Termination cleaned(UnaryOperator<String> cleaning) {
    return new Termination(exitCode, reason, cleaning.apply(message), startedAt, finishedAt);
  }
}
