package workqueue.checker.claim;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;

/**
 * What became of one claim.
 *
 * @param claim the claim in words, for example "job completes with 8"
 * @param expected the verdict that the scenario expects; a mutant's is INVALID
 * @param verdict the verdict that the record yields
 * @param explanation what was expected, what was seen, and the difference; empty when VALID
 * @param findings what proves the verdict
 * @param notJudged what kept the claim from being judged; empty if nothing did. Its verdict is then
 *     what the record yields, and counts for nothing
 */
public record Judgement(
    String claim,
    Verdict expected,
    Verdict verdict,
    String explanation,
    List<Finding> findings,
    Optional<NotJudged> notJudged) {

  /**
   * Why a claim was not judged.
   *
   * @param code the cause that kept it from being judged
   * @param reason in a sentence, whole in itself
   */
  public record NotJudged(FindingCode code, String reason) {}

  public Judgement {
    if (claim.isBlank()) {
      throw new IllegalArgumentException("A claim is stated in words.");
    }
    Objects.requireNonNull(expected);
    Objects.requireNonNull(verdict);
    Objects.requireNonNull(explanation);
    findings = List.copyOf(findings);
    Objects.requireNonNull(notJudged);
  }

  public Judgement(
      String claim, Verdict expected, Verdict verdict, String explanation, List<Finding> findings) {
    this(claim, expected, verdict, explanation, findings, Optional.empty());
  }

  /** The same, with more said of why. */
  public Judgement explainedBy(String more) {
    return new Judgement(claim, expected, verdict, explanation + more, findings, notJudged);
  }

  /** The same claim, which something kept from being judged. */
  public Judgement notJudged(NotJudged why) {
    return new Judgement(claim, expected, verdict, explanation, findings, Optional.of(why));
  }

  /** Whether the record said what the scenario expected, or something kept it from saying so. */
  public boolean asExpected() {
    return notJudged.isPresent() || verdict == expected;
  }

  /**
   * The verdict on a scenario that made these claims: the worst of what each comes to, VALID as
   * expected, UNKNOWN if it could not be decided, INVALID otherwise; UNKNOWN where none was judged.
   */
  public static Verdict ofScenario(List<Judgement> judgements) {
    return Verdict.worst(
        judgements.stream()
            .filter(each -> each.notJudged.isEmpty())
            .map(Judgement::outcome)
            .toList());
  }

  private Verdict outcome() {
    if (asExpected()) {
      return Verdict.VALID;
    }
    return verdict == Verdict.UNKNOWN ? Verdict.UNKNOWN : Verdict.INVALID;
  }
}
