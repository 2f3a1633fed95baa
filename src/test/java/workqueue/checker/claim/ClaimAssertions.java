package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import workqueue.history.HistoryBuilder;

/** What comes of a claim on a history that is made up. */
final class ClaimAssertions {
  private ClaimAssertions() {}

  static void valid(Claim claim, HistoryBuilder told) {
    Conclusion conclusion = claim.judge(told.history());
    assertThat(conclusion.verdict()).as(conclusion.explanation()).isEqualTo(Verdict.VALID);
  }

  /**
   * @param text the whole explanation
   */
  static void comes(Verdict verdict, Claim claim, HistoryBuilder told, String text) {
    Conclusion conclusion = claim.judge(told.history());
    assertThat(conclusion.explanation()).isEqualTo(text.strip());
    assertThat(conclusion.verdict()).isEqualTo(verdict);
  }
}
