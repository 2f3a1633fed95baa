package workqueue.checker;

import java.util.List;
import java.util.Objects;

/**
 * What became of one claim.
 *
 * @param claim the claim in words, for example "job completes with 8"
 * @param expected the verdict that the scenario expects; a mutant's is INVALID
 * @param verdict the verdict that the record yields
 * @param explanation what was expected, what was seen, and the difference; empty when VALID
 * @param findings what proves the verdict
 */
public record Judgement(
    String claim, Verdict expected, Verdict verdict, String explanation, List<Finding> findings) {

  public Judgement {
    if (claim.isBlank()) {
      throw new IllegalArgumentException("A claim is stated in words.");
    }
    Objects.requireNonNull(expected);
    Objects.requireNonNull(verdict);
    Objects.requireNonNull(explanation);
    findings = List.copyOf(findings);
  }

  /** Whether the record said what the scenario expected. */
  public boolean asExpected() {
    return verdict == expected;
  }

  /**
   * The verdict on a scenario that made these claims: the worst of what each comes to, VALID as
   * expected, UNKNOWN if it could not be decided, INVALID otherwise; UNKNOWN of no claims.
   */
  public static Verdict ofScenario(List<Judgement> judgements) {
    return Verdict.worst(judgements.stream().map(Judgement::outcome).toList());
  }

  private Verdict outcome() {
    if (asExpected()) {
      return Verdict.VALID;
    }
    return verdict == Verdict.UNKNOWN ? Verdict.UNKNOWN : Verdict.INVALID;
  }
}
