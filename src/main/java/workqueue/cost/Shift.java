package workqueue.cost;

import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * How much higher one lot of figures lies than another, whatever their distributions and however
 * far single ones stray.
 *
 * @param typical the median of all differences between one and the other (Hodges and Lehmann)
 * @param atLeast the lower bound of the shift, with a confidence of {@link #CONFIDENCE}, by the
 *     test of Mann and Whitney; negative infinity if there are too few to tell
 */
record Shift(double typical, double atLeast) {
  /** Of the lower bound: so few are wrong that a run with some ten of them can be relied on. */
  static final double CONFIDENCE = 0.999;

  private static final double RESOLUTION = 1e-4;

  static Shift of(double[] before, double[] after) {
    double[] differences = new double[before.length * after.length];
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    int index = 0;
    for (double old : before) {
      for (double now : after) {
        double difference = now - old;
        differences[index++] = difference;
        lowest = Math.min(lowest, difference);
        highest = Math.max(highest, difference);
      }
    }
    return new Shift(
        Median.withDefaults().evaluate(differences),
        bound(before, after, lowest - RESOLUTION, highest + RESOLUTION));
  }

  /** The most that can still be ruled out: it is ruled out up to there, and not beyond. */
  private static double bound(double[] before, double[] after, double from, double to) {
    if (!moreThan(from, before, after)) {
      return Double.NEGATIVE_INFINITY;
    }
    double ruledOut = from;
    double possible = to;
    while (possible - ruledOut > RESOLUTION) {
      double middle = (ruledOut + possible) / 2;
      if (moreThan(middle, before, after)) {
        ruledOut = middle;
      } else {
        possible = middle;
      }
    }
    return ruledOut;
  }

  private static boolean moreThan(double shift, double[] before, double[] after) {
    return MannWhitneyUTest.withDefaults()
            .with(AlternativeHypothesis.GREATER_THAN)
            .withMu(shift)
            .test(after, before)
            .getPValue()
        <= 1 - CONFIDENCE;
  }
}
