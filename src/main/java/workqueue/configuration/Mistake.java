package workqueue.configuration;

/** A mistake in one value, told in a sentence. */
final class Mistake extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Mistake(String message) {
    super(message);
  }
}
