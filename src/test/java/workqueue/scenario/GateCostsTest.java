package workqueue.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.configuration.AvailableImages;
import workqueue.configuration.Configuration;

class GateCostsTest {
  @TempDir Path folder;

  @Test
  void measuresOnlyWhereThatIsAskedFor() throws Exception {
    Path file = Files.createFile(folder.resolve("baseline.json"));
    assertThat(asked(Map.of(), "gate.baseline")).isFalse();
    assertThat(asked(Map.of(), "gate.against")).isFalse();
    Configuration nothing = Configuration.from(Map.of(), AvailableImages.PINNED);
    assertThat(GateCosts.whyNotAsked(nothing, "gate.baseline"))
        .contains("neither wq.gate.record nor wq.gate.baseline is given");
    assertThat(GateCosts.whyNotAsked(nothing, "gate.against"))
        .contains("wq.gate.against is not given");
    assertThat(asked(Map.of(), "gate.keeps-secrets")).isTrue();
    assertThat(asked(Map.of("wq.gate.record", file.toString()), "gate.baseline")).isTrue();
    assertThat(asked(Map.of("wq.gate.baseline", file.toString()), "gate.baseline")).isTrue();
    assertThat(asked(Map.of("wq.gate.record", file.toString()), "gate.against")).isFalse();
    assertThat(asked(Map.of("wq.gate.against", "worker:1"), "gate.against")).isTrue();
    assertThat(asked(Map.of("wq.gate.against", "worker:1"), "gate.baseline")).isFalse();
  }

  private static boolean asked(Map<String, String> given, String scenario) {
    return GateCosts.whyNotAsked(Configuration.from(given, AvailableImages.PINNED), scenario)
        .isEmpty();
  }
}
