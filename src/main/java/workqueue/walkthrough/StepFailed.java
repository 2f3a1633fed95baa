package workqueue.walkthrough;

import workqueue.Redaction;

/** Says that a documented step did not show what it must. */
public final class StepFailed extends AssertionError {
  private static final long serialVersionUID = 1L;

  StepFailed(String message) {
    super(Redaction.redact(message));
  }

  StepFailed(String message, Throwable cause) {
    super(Redaction.redact(message), cause);
  }
}
