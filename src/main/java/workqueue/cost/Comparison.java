package workqueue.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * A worker held against what it, or another one, cost before.
 *
 * @param changes of what was measured both times
 * @param unmeasured what was not, and so neither passes nor fails
 */
public record Comparison(List<Change> changes, List<Measure> unmeasured) {
  public Comparison {
    changes = List.copyOf(changes);
    unmeasured = List.copyOf(unmeasured);
  }

  /**
   * Compares the figures of pods.
   *
   * @param before one run or several: by as much as these differ among themselves more is tolerated
   */
  public static Comparison of(List<Measurement> before, Measurement after) {
    Measurement all = Measurement.pooled(before);
    Predicate<Measure> told = measure -> all.tells(measure) && after.tells(measure);
    boolean parts = Measure.onTheWire().stream().allMatch(told);
    List<Change> changes = new ArrayList<>();
    List<Measure> unmeasured = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      if (!told.test(measure)) {
        unmeasured.add(measure);
      } else if (measure != Measure.POD || !parts) {
        changes.add(change(measure, before, all, after));
      }
    }
    return new Comparison(changes, unmeasured);
  }

  /** What got worse for certain. */
  public List<Change> worse() {
    return changes.stream().filter(Change::worse).toList();
  }

  private static Change change(
      Measure measure, List<Measurement> runs, Measurement before, Measurement after) {
    double was = before.median(measure).orElseThrow();
    double is = after.median(measure).orElseThrow();
    Shift shift =
        measure.isOne()
            ? new Shift(is - was, is - was)
            : Shift.of(before.of(measure), after.of(measure));
    double tolerated = Math.max(measure.tolerated(was), spread(measure, runs));
    return new Change(measure, was, is, shift.typical(), shift.atLeast(), tolerated);
  }

  /** By how much the medians of the runs differ. */
  private static double spread(Measure measure, List<Measurement> runs) {
    double[] medians =
        runs.stream()
            .map(run -> run.median(measure))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .sorted()
            .toArray();
    return medians.length == 0 ? 0 : medians[medians.length - 1] - medians[0];
  }
}
