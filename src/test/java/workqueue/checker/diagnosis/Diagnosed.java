package workqueue.checker.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.diagnosis.FindingCode.ALL_PROCESSED;

import workqueue.history.HistoryBuilder;

/** What the diagnosis of a history must and must not say. */
public final class Diagnosed {
  private Diagnosed() {}

  public static Diagnosis diagnose(HistoryBuilder told) {
    return Diagnosis.of(told.history());
  }

  public static void onlyRoot(HistoryBuilder told, FindingCode code) {
    Diagnosis diagnosis = diagnose(told);
    assertThat(diagnosis.roots()).as("%s", diagnosis.findings()).containsExactly(code);
    Finding root = diagnosis.finding(code).orElseThrow();
    assertThat(root.evidence()).isNotEmpty();
    if (code != ALL_PROCESSED) {
      assertThat(root.remedy()).isNotEmpty();
    }
  }

  public static void none(HistoryBuilder told, FindingCode code) {
    assertThat(diagnose(told).findings()).extracting(Finding::code).doesNotContain(code);
  }

  public static void consequence(HistoryBuilder told, FindingCode code, FindingCode of) {
    Diagnosis diagnosis = diagnose(told);
    assertThat(diagnosis.roots()).contains(of).doesNotContain(code);
    assertThat(diagnosis.finding(code).orElseThrow().message())
        .endsWith(", because " + diagnosis.finding(of).orElseThrow().message());
  }
}
