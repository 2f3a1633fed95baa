package workqueue.bundle;

/** Says that a file is not the bundle that it was made as. */
public final class ChangedBundle extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ChangedBundle(String message) {
    super(message);
  }
}
