package workqueue.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.diagnosis.FindingCode;

class PassingCausesTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final List<String> told = new ArrayList<>();
  private final PassingCauses passing = new PassingCauses(told::add);

  private void sees(int second, FindingCode... codes) {
    List<Finding> findings = new ArrayList<>();
    for (FindingCode code : codes) {
      findings.add(new Finding(code, Role.ROOT, "it is so", List.of(), List.of(), List.of()));
    }
    passing.sees(findings, NOON.plusSeconds(second));
  }

  @Test
  void tellsWhatIsWaitedForOnceAndWhenItHasPassed() {
    sees(0, FindingCode.CONFIGURATION_MISSING);
    assertThat(told).isEmpty();
    sees(4, FindingCode.CONFIGURATION_MISSING);
    sees(5, FindingCode.CONFIGURATION_MISSING);
    assertThat(told).containsExactly("waits, for it may pass: CONFIGURATION_MISSING: it is so");
    sees(12);
    assertThat(told).last().isEqualTo("CONFIGURATION_MISSING has passed after 12 s");
    assertThat(passing.passed())
        .containsEntry(FindingCode.CONFIGURATION_MISSING, Duration.ofSeconds(12));
  }

  @Test
  void tellsNothingOfWhatPassesAtOnceOrCannotPass() {
    sees(0, FindingCode.UNSCHEDULABLE, FindingCode.ADMISSION_DENIED);
    sees(2, FindingCode.ADMISSION_DENIED);
    sees(20, FindingCode.ADMISSION_DENIED);
    assertThat(told).isEmpty();
    assertThat(passing.passed()).isEmpty();
  }
}
