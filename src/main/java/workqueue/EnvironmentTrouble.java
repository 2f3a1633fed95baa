package workqueue;

/**
 * Says that the environment kept the harness from looking: no engine, no cluster, no permission.
 *
 * <p>It is not an {@link AssertionError}: nothing is said about the system under test. The message
 * is complete in itself: what went wrong, and how to fix it.
 */
public class EnvironmentTrouble extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EnvironmentTrouble(String message) {
    super(Redaction.redact(message));
  }

  public EnvironmentTrouble(String message, Throwable cause) {
    super(Redaction.redact(message), cause);
  }
}
