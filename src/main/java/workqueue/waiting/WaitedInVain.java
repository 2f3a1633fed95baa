package workqueue.waiting;

import workqueue.Redaction;

/** Says that what was waited for did not come: after how long, and what was seen instead. */
public final class WaitedInVain extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WaitedInVain(String message) {
    super(Redaction.redact(message));
  }
}
