package workqueue.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void isToldByItsProcessorsAndItsMemory() {
    assertThat(
            Machine.of(
                    2,
                    List.of(
                        "processor\t: 0",
                        "model name\t: AMD EPYC 7763 64-Core Processor",
                        "model name\t: another"),
                    List.of("MemTotal:       16373964 kB", "MemFree:         1000000 kB"))
                .kind())
        .isEqualTo("2 × AMD EPYC 7763 64-Core Processor, 16 GiB");
  }

  @Test
  void whatItDoesNotTellIsLeftOut() {
    assertThat(Machine.of(4, List.of(), List.of()).kind())
        .isEqualTo("4 × " + System.getProperty("os.arch"));
  }

  @Test
  void isTheSameEachTime() {
    assertThat(Machine.here()).isEqualTo(Machine.here());
  }
}
