package workqueue.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private final Random random = new Random(7);

  @Test
  void saysWhatGotWorseByHowMuchAndHowSurely() {
    Comparison comparison =
        Comparison.of(
            List.of(run(Map.of(Measure.WORK, 1.0, Measure.MEMORY, 20.0, Measure.IMAGE, 200.0))),
            run(Map.of(Measure.WORK, 1.3, Measure.MEMORY, 60.0, Measure.IMAGE, 260.0)));
    assertThat(comparison.worse())
        .extracting(Change::words)
        .containsExactly(
            "work on an item 1.30 s instead of 1.00 s, 0.30 s (30 %) more; at least 0.29 s with"
                + " 99.9 % confidence, where 0.05 s is tolerated",
            "peak memory of a pod 60.0 MiB instead of 20.0 MiB, 40.0 MiB (200 %) more; at least"
                + " 40.0 MiB with 99.9 % confidence, where 4.0 MiB is tolerated",
            "the image 260.0 MiB instead of 200.0 MiB, 60.0 MiB (30 %) more, where 10.0 MiB is"
                + " tolerated");
    assertThat(comparison.unmeasured())
        .containsExactly(Measure.START, Measure.END, Measure.POD, Measure.CPU);
  }

  @Test
  void whatIsLessOrToleratedIsNoHarm() {
    Measurement before = run(Map.of(Measure.WORK, 10.0, Measure.CPU, 1.0, Measure.IMAGE, 100.0));
    Measurement after = run(Map.of(Measure.WORK, 10.4, Measure.CPU, 0.5, Measure.IMAGE, 104.0));
    assertThat(Comparison.of(List.of(before), after).worse()).isEmpty();
    assertThat(Comparison.of(List.of(after), before).worse())
        .extracting(Change::measure)
        .containsExactly(Measure.CPU);
  }

  /** What varies from run to run by itself proves nothing in one more. */
  @Test
  void asMuchAsRunsDifferAmongThemselvesIsTolerated() {
    Measurement quick = run(Map.of(Measure.WORK, 1.0));
    Measurement slow = run(Map.of(Measure.WORK, 1.4));
    Measurement now = run(Map.of(Measure.WORK, 1.5));
    assertThat(Comparison.of(List.of(quick), now).worse()).hasSize(1);
    Comparison comparison = Comparison.of(List.of(quick, slow), now);
    assertThat(comparison.worse()).isEmpty();
    assertThat(comparison.changes().get(0).tolerated()).isBetween(0.39, 0.41);
  }

  @Test
  void aPodsLifeStandsInForItsPartsWhereTheWireIsOutOfSight() {
    Measurement whole = run(Map.of(Measure.POD, 3.0));
    assertThat(Comparison.of(List.of(whole), run(Map.of(Measure.POD, 4.0))).worse()).hasSize(1);
    Map<Measure, Double> parts = new EnumMap<>(Measure.class);
    parts.putAll(Map.of(Measure.START, 1.0, Measure.WORK, 1.0, Measure.END, 1.0));
    parts.put(Measure.POD, 3.0);
    Measurement before = run(parts);
    parts.put(Measure.WORK, 2.0);
    parts.put(Measure.POD, 4.0);
    assertThat(Comparison.of(List.of(before), run(parts)).worse())
        .extracting(Change::measure)
        .containsExactly(Measure.WORK);
  }

  @Test
  void tooFewPodsAreNotMeasured() {
    Measurement seven = new Measurement(Map.of(Measure.WORK, figures(1.0, 7)));
    Comparison comparison = Comparison.of(List.of(seven), run(Map.of(Measure.WORK, 9.0)));
    assertThat(comparison.changes()).isEmpty();
    assertThat(comparison.unmeasured()).contains(Measure.WORK);
  }

  @Test
  void comesBackFromItsData() {
    Measurement run = run(Map.of(Measure.WORK, 1.0, Measure.IMAGE, 5.0));
    assertThat(run.asData().keySet()).containsExactly("work", "image");
    assertThat(Measurement.fromData(run.asData())).isEqualTo(run);
    assertThatThrownBy(() -> Measurement.fromData(Map.of("wrok", List.of(1.0))))
        .hasMessage("\"wrok\" is not measured");
  }

  private Measurement run(Map<Measure, Double> typical) {
    Map<Measure, List<Double>> figures = new EnumMap<>(Measure.class);
    typical.forEach(
        (measure, value) ->
            figures.put(measure, measure == Measure.IMAGE ? List.of(value) : figures(value, 12)));
    return new Measurement(figures);
  }

  private List<Double> figures(double typical, int count) {
    List<Double> figures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      figures.add(typical + 0.005 * random.nextGaussian());
    }
    return figures;
  }
}
