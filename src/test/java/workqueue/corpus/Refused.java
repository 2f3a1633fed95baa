package workqueue.corpus;

/** Says why a recording is not added to the corpus, and what helps. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  Refused(String message) {
    super(message);
  }
}
