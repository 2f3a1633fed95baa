package workqueue.report;

/**
 * Labels one deviation from the documented procedure.
 *
 * @param documented what the documentation says
 * @param done what was done instead
 * @param why the reason, in a few words
 */
public record Adapted(String documented, String done, String why) {
  public Adapted {
    if (documented.isBlank() || done.isBlank() || why.isBlank()) {
      throw new IllegalArgumentException(
          "A deviation says what is documented, what was done and why, not \""
              + documented
              + "\", \""
              + done
              + "\", \""
              + why
              + "\".");
    }
  }
}
