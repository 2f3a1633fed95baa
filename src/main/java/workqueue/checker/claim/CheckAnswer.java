package workqueue.checker.claim;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;

/**
 * What a record shows of one check of a cluster.
 *
 * @param inferred whether it follows from what was tried or read, rather than from what was done
 * @param code what was found; empty where the check holds, and where nothing is known
 * @param said what was seen, in a sentence
 * @param owner who can fix it; empty where that is who usually can
 * @param remedy a command that can be pasted; empty if none is known
 * @param missing the rights without which it could not be seen
 */
public record CheckAnswer(
    Outcome outcome,
    boolean inferred,
    Optional<FindingCode> code,
    String said,
    String owner,
    String remedy,
    List<String> missing,
    List<Long> evidence) {

  /** What a check comes to. */
  public enum Outcome {
    HOLDS,
    FAILS,
    /** It should have been seen and was not. */
    UNKNOWN,
    /** It was not to be seen: another check keeps it from that, or this way of looking does. */
    NOT_RUN
  }

  public CheckAnswer {
    Objects.requireNonNull(outcome);
    Objects.requireNonNull(code);
    missing = List.copyOf(missing);
    evidence = List.copyOf(evidence);
  }

  static CheckAnswer holds(String said, Long... evidence) {
    return new CheckAnswer(
        Outcome.HOLDS, false, Optional.empty(), said, "", "", List.of(), List.of(evidence));
  }

  static CheckAnswer fails(FindingCode code, String said, Long... evidence) {
    return new CheckAnswer(
        Outcome.FAILS, false, Optional.of(code), said, "", "", List.of(), List.of(evidence));
  }

  static CheckAnswer unknown(String why, Long... evidence) {
    return new CheckAnswer(
        Outcome.UNKNOWN, false, Optional.empty(), why, "", "", List.of(), List.of(evidence));
  }

  static CheckAnswer notRun(String why) {
    return new CheckAnswer(
        Outcome.NOT_RUN, false, Optional.empty(), why, "", "", List.of(), List.of());
  }

  static CheckAnswer blockedBy(String check) {
    return notRun("blocked by " + check);
  }

  CheckAnswer lacking(List<String> rights) {
    return new CheckAnswer(
        outcome,
        inferred,
        Optional.of(FindingCode.RIGHT_MISSING),
        said,
        owner,
        remedy,
        rights,
        evidence);
  }

  CheckAnswer code(FindingCode found) {
    return new CheckAnswer(
        outcome, inferred, Optional.of(found), said, owner, remedy, missing, evidence);
  }

  CheckAnswer asInferred() {
    return new CheckAnswer(outcome, true, code, said, owner, remedy, missing, evidence);
  }

  CheckAnswer owner(String who) {
    return new CheckAnswer(outcome, inferred, code, said, who, remedy, missing, evidence);
  }

  CheckAnswer remedy(String command) {
    return new CheckAnswer(outcome, inferred, code, said, owner, command, missing, evidence);
  }

  /**
   * What a claim of it comes to.
   *
   * @param required whether the claim is that the check holds; else it is known whether it does
   */
  Conclusion conclusion(String words, boolean required) {
    return switch (outcome) {
      case HOLDS -> Conclusion.valid();
      case FAILS ->
          required
              ? Conclusion.invalid(explanation(words), finding())
              : new Conclusion(Verdict.VALID, explanation(words).text(), List.of(finding()));
      case UNKNOWN, NOT_RUN -> Conclusion.unknown(explanation(words));
    };
  }

  private Explanation explanation(String words) {
    Explanation explanation = Explanation.of(words + ": " + ending()).actual(said);
    if (!missing.isEmpty()) {
      explanation = explanation.missing(missing);
    }
    return remedy.isEmpty() ? explanation : explanation.remedy(remedy);
  }

  private String ending() {
    return outcome == Outcome.FAILS
        ? inferred ? "not so, as far as can be told without making anything" : "not so"
        : "it was not seen";
  }

  private Finding finding() {
    return new Finding(
        code.orElseThrow(), Finding.Role.ROOT, said, List.of(), List.of(), evidence, remedy);
  }
}
