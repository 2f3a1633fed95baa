package workqueue.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workqueue.checker.claim.Verdict.INVALID;
import static workqueue.checker.claim.Verdict.UNKNOWN;
import static workqueue.checker.claim.Verdict.VALID;
import static workqueue.checker.diagnosis.Finding.Role.CONSEQUENCE;
import static workqueue.checker.diagnosis.Finding.Role.ROOT;
import static workqueue.checker.diagnosis.FindingCode.LEFTOVER_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.LOST_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.WAITING_FOR_WORK;

import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;

class DifferencesTest {
  private static final List<Statement> RECORDED =
      List.of(
          claim("losesNothing", VALID),
          claim("drains", VALID),
          finding(LEFTOVER_ITEMS, ROOT),
          finding(WAITING_FOR_WORK, CONSEQUENCE));

  private static Statement claim(String name, Verdict verdict) {
    return new Statement("outcome.told", name, verdict, null, null);
  }

  private static Statement finding(FindingCode code, Finding.Role role) {
    return new Statement("outcome.told", null, null, code, role);
  }

  private static List<String> of(Statement... actual) {
    return Differences.between("1.37.2/outcome.told", RECORDED, List.of(actual));
  }

  @Test
  void thereAreNoneWhereNothingDiffers() {
    assertThat(Differences.between("1.37.2/outcome.told", RECORDED, RECORDED)).isEmpty();
  }

  @Test
  void tellsWhichClaimDiffers() {
    assertThat(
            of(
                claim("losesNothing", VALID),
                claim("drains", UNKNOWN),
                finding(LEFTOVER_ITEMS, ROOT),
                finding(WAITING_FOR_WORK, CONSEQUENCE)))
        .containsExactly(
            "1.37.2/outcome.told: claim 2: expected drains VALID, actual drains UNKNOWN");
  }

  @Test
  void tellsOfAClaimThatIsMissing() {
    assertThat(
            of(
                claim("losesNothing", INVALID),
                finding(LEFTOVER_ITEMS, ROOT),
                finding(WAITING_FOR_WORK, CONSEQUENCE)))
        .containsExactly(
            "1.37.2/outcome.told: claim 1: expected losesNothing VALID, actual losesNothing"
                + " INVALID",
            "1.37.2/outcome.told: claim 2: expected drains VALID, actual none");
  }

  @Test
  void tellsWhichFindingDiffersAndHow() {
    assertThat(
            of(
                claim("losesNothing", VALID),
                claim("drains", VALID),
                finding(LOST_ITEMS, ROOT),
                finding(LEFTOVER_ITEMS, CONSEQUENCE)))
        .containsExactly(
            "1.37.2/outcome.told: finding LEFTOVER_ITEMS: expected ROOT, actual CONSEQUENCE",
            "1.37.2/outcome.told: finding WAITING_FOR_WORK: expected CONSEQUENCE, actual none",
            "1.37.2/outcome.told: finding LOST_ITEMS: expected none, actual ROOT");
  }

  @Test
  void countsFindingsOfOneCode() {
    assertThat(
            of(
                claim("losesNothing", VALID),
                claim("drains", VALID),
                finding(LEFTOVER_ITEMS, ROOT),
                finding(LEFTOVER_ITEMS, ROOT),
                finding(WAITING_FOR_WORK, CONSEQUENCE)))
        .containsExactly("1.37.2/outcome.told: finding LEFTOVER_ITEMS: expected none, actual ROOT");
  }

  @Test
  void tellsOfAHistoryWithoutExpectations() {
    assertThat(Differences.between("1.37.2/outcome.told", List.of(), RECORDED))
        .containsExactly(
            "1.37.2/outcome.told: claim 1: expected none, actual losesNothing VALID",
            "1.37.2/outcome.told: claim 2: expected none, actual drains VALID",
            "1.37.2/outcome.told: finding LEFTOVER_ITEMS: expected none, actual ROOT",
            "1.37.2/outcome.told: finding WAITING_FOR_WORK: expected none, actual CONSEQUENCE");
  }

  @Test
  void aStatementIsOfAClaimOrOfAFinding() {
    assertThatThrownBy(() -> new Statement("outcome.told", "drains", VALID, LOST_ITEMS, ROOT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A statement is of a history, and of either a claim and its verdict or a finding and"
                + " its role.");
  }
}
