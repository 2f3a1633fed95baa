package workqueue.cost;

import java.util.Locale;

/**
 * What became of one measure.
 *
 * @param before the median
 * @param after the median
 * @param more how much more it typically is; negative if it is less
 * @param atLeast how much more it is at least, with a confidence of 99.9 %
 * @param tolerated how much more is put up with
 */
public record Change(
    Measure measure, double before, double after, double more, double atLeast, double tolerated) {

  /** Whether it is certain that more was added than is tolerated. */
  public boolean worse() {
    return atLeast > tolerated;
  }

  /** What got worse and by how much, in short. */
  public String brief() {
    return measure.words() + " " + added();
  }

  /** What got worse, by how much, and how sure that is: one clause. */
  public String words() {
    Measure.Unit unit = measure.unit();
    String sure =
        measure.isOne()
            ? ""
            : "; at least "
                + unit.text(atLeast)
                + String.format(Locale.ROOT, " with %.1f %% confidence", 100 * Shift.CONFIDENCE);
    return measure.words()
        + " "
        + unit.text(after)
        + " instead of "
        + unit.text(before)
        + ", "
        + added()
        + sure
        + ", where "
        + unit.text(tolerated)
        + " is tolerated";
  }

  private String added() {
    String part = before > 0 ? String.format(Locale.ROOT, " (%.0f %%)", 100 * more / before) : "";
    return measure.unit().text(more) + part + " more";
  }
}
