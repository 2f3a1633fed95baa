package workqueue.history;

/** Says that a file is no history, or one that cannot be read: where, why, and what helps. */
public final class UnreadableHistory extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableHistory(String message, Throwable cause) {
    super(message, cause);
  }
}
