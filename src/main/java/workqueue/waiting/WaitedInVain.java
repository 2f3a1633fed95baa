package workqueue.waiting;

import workqueue.Redaction;

/** Says that what was waited for did not come: after how long, and what was seen instead. */
public final class WaitedInVain extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean hopeless;

  WaitedInVain(String message, boolean hopeless) {
    super(Redaction.redact(message));
    this.hopeless = hopeless;
  }

  /** Whether a look saw that it can never come; otherwise only the limit ran out. */
  public boolean isHopeless() {
    return hopeless;
  }
}
