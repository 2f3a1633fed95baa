package workqueue.checker.claim;

/** Says that the system did what the scenario's claims rule out. */
public final class ClaimsRefuted extends AssertionError {
  private static final long serialVersionUID = 1L;

  public ClaimsRefuted(String message) {
    super(message);
  }
}
