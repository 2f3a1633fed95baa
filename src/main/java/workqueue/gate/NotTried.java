package workqueue.gate;

/**
 * Says that a rule could not be tried with this worker, or a check on this cluster: that says
 * nothing about either.
 */
public final class NotTried extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotTried(String reason) {
    super(reason);
  }
}
