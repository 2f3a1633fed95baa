package workqueue.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ShiftProperties {

  /** Of the same worker twice some shift is always seen, and none beyond chance. */
  @Property(tries = 300)
  void isNotCertainOfWhatIsNotThere(@ForAll long seed, @ForAll @IntRange(min = 8, max = 30) int n) {
    Random random = new Random(seed);
    Shift shift = Shift.of(noise(random, n, 0), noise(random, n, 0));
    assertThat(shift.atLeast()).isLessThan(0.05);
    assertThat(shift.atLeast()).isLessThan(shift.typical());
  }

  @Property(tries = 300)
  void isCertainOfWhatIs(@ForAll long seed, @ForAll @IntRange(min = 8, max = 30) int n) {
    Random random = new Random(seed);
    Shift shift = Shift.of(noise(random, n, 0), noise(random, n, 0.3));
    assertThat(shift.typical()).isCloseTo(0.3, within(0.1));
    assertThat(shift.atLeast()).isBetween(0.1, 0.4);
  }

  /** One pod in eight that a busy machine holds up for seconds is no worker that got slower. */
  @Property(tries = 300)
  void isNotMovedByWhatStraysFar(@ForAll long seed) {
    Random random = new Random(seed);
    double[] now = noise(random, 16, 0);
    now[0] += 5;
    now[1] += 7;
    assertThat(Shift.of(noise(random, 16, 0), now).atLeast()).isLessThan(0.05);
  }

  @Property(tries = 100)
  void whatIsAddedToAllIsAddedToIt(@ForAll long seed) {
    Random random = new Random(seed);
    double[] before = noise(random, 12, 0);
    double[] now = noise(random, 12, 0.1);
    Shift shift = Shift.of(before, now);
    Shift more = Shift.of(before, IntStream.range(0, 12).mapToDouble(i -> now[i] + 2).toArray());
    assertThat(more.typical()).isCloseTo(shift.typical() + 2, within(1e-9));
    assertThat(more.atLeast()).isCloseTo(shift.atLeast() + 2, within(1e-3));
  }

  /** As the wire shows the tutorial's worker: about 1 s, give or take 30 ms. */
  private static double[] noise(Random random, int count, double more) {
    return IntStream.range(0, count)
        .mapToDouble(i -> 1.02 + more + 0.03 * random.nextGaussian())
        .toArray();
  }
}
