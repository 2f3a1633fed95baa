package workqueue.cost;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.commons.statistics.descriptive.Median;

/**
 * What a worker was seen to cost in one run.
 *
 * @param figures in seconds or MiB, one for each pod of which it was seen; what was not seen at all
 *     is absent
 */
public record Measurement(Map<Measure, List<Double>> figures) {
  /** Fewer pods prove nothing: of two sixes even the clearest order is chance once in 924 times. */
  public static final int FEWEST = 8;

  public Measurement {
    EnumMap<Measure, List<Double>> copy = new EnumMap<>(Measure.class);
    figures.forEach(
        (measure, values) -> {
          if (!values.isEmpty()) {
            copy.put(measure, List.copyOf(values));
          }
        });
    figures = Collections.unmodifiableMap(copy);
  }

  /**
   * Reads what {@link #asData} gave.
   *
   * @throws IllegalArgumentException if it names what is not measured
   */
  public static Measurement fromData(Map<String, List<Double>> data) {
    EnumMap<Measure, List<Double>> figures = new EnumMap<>(Measure.class);
    data.forEach(
        (id, values) ->
            figures.put(
                Measure.named(id)
                    .orElseThrow(
                        () -> new IllegalArgumentException("\"" + id + "\" is not measured")),
                values));
    return new Measurement(figures);
  }

  /** The figures by the names of their measures. */
  public Map<String, List<Double>> asData() {
    Map<String, List<Double>> data = new LinkedHashMap<>();
    figures.forEach((measure, values) -> data.put(measure.id(), values));
    return data;
  }

  /** All figures of several runs. */
  static Measurement pooled(List<Measurement> runs) {
    EnumMap<Measure, List<Double>> all = new EnumMap<>(Measure.class);
    runs.forEach(
        run ->
            run.figures.forEach(
                (measure, values) ->
                    all.computeIfAbsent(measure, any -> new ArrayList<>()).addAll(values)));
    return new Measurement(all);
  }

  /** Whether enough pods were seen to say something. */
  public boolean tells(Measure measure) {
    return of(measure).length >= (measure.isOne() ? 1 : FEWEST);
  }

  /** The figure of the middle; empty if there is none. */
  public OptionalDouble median(Measure measure) {
    return figures.containsKey(measure)
        ? OptionalDouble.of(Median.withDefaults().evaluate(of(measure)))
        : OptionalDouble.empty();
  }

  double[] of(Measure measure) {
    return figures.getOrDefault(measure, List.of()).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }
}
