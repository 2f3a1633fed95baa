package workqueue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import workqueue.fault.Schedule.Blow;
import workqueue.fault.Schedule.Strike;

class ScheduleTest {
  @Property
  void isTheSameForTheSameSeed(@ForAll long seed, @ForAll @IntRange(min = 1, max = 500) int items) {
    assertThat(Schedule.of(seed, items)).isEqualTo(Schedule.of(seed, items));
  }

  @Property
  void leavesTheLastThirdAlone(@ForAll long seed, @ForAll @IntRange(min = 3, max = 500) int items) {
    assertThat(Schedule.of(seed, items).strikes())
        .hasSizeBetween(3, 6)
        .allSatisfy(each -> assertThat(each.afterSuccesses()).isBetween(1, items * 2 / 3))
        .isSortedAccordingTo((a, b) -> Integer.compare(a.afterSuccesses(), b.afterSuccesses()));
  }

  @Test
  void comesToEachBlow() {
    Set<Blow> seen = EnumSet.noneOf(Blow.class);
    for (long seed = 0; seed < 100; seed++) {
      Schedule.of(seed, 100).strikes().stream().map(Strike::blow).forEach(seen::add);
    }
    assertThat(seen).containsExactlyInAnyOrder(Blow.values());
  }
}
