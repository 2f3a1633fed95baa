package workqueue.history;

import java.time.Instant;

/**
 * A condition of a Job, pod or node.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param since when it last changed; null if not known
 */
public record Condition(String type, String status, String reason, String message, Instant since) {
  public Condition {
    type = Text.required("type", type);
    status = Text.required("status", status);
    reason = Text.clean(reason);
    message = Text.clean(message);
  }

  public static Condition of(String type, String status, String reason, String message) {
    return new Condition(type, status, reason, message, null);
  }

  public boolean holds() {
    return status.equals("True");
  }
}
