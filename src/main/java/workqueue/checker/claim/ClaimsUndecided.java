package workqueue.checker.claim;

/** Says that the record is too thin to judge the claims: nothing is said about the system. */
public final class ClaimsUndecided extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClaimsUndecided(String message) {
    super(message);
  }
}
