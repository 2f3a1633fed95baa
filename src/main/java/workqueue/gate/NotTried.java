package workqueue.gate;

/** Says that a rule could not be tried with this worker, which says nothing about either. */
public final class NotTried extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotTried(String reason) {
    super(reason);
  }
}
