package workqueue.checker.claim;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import workqueue.checker.claim.Judgement.NotJudged;
import workqueue.checker.diagnosis.Finding;

/**
 * What a history comes to: each claim's judgement, the diagnosis, and the scenario's verdict.
 *
 * @param findings the diagnosis of what was observed, wanted or not, roots first
 * @param decidedAt when the event was recorded that decided the last claim; empty if one of the
 *     claims has none
 * @param window how long nothing might change before a Job that hangs could be said to hang; empty
 *     if none hangs, zero if it could be said at once
 * @param trouble what kept the diagnosis from being made; empty if nothing did
 */
public record Judged(
    String scenario,
    List<Judgement> judgements,
    List<Finding> findings,
    Verdict verdict,
    Optional<Instant> decidedAt,
    Optional<Duration> window,
    Optional<Throwable> trouble) {
  public Judged {
    judgements = List.copyOf(judgements);
    findings = List.copyOf(findings);
  }

  /**
   * What kept the scenario from being judged; empty where at least one of its claims was, or none
   * was made.
   */
  public Optional<NotJudged> notJudged() {
    return judgements.stream().allMatch(each -> each.notJudged().isPresent())
        ? judgements.stream().flatMap(each -> each.notJudged().stream()).findFirst()
        : Optional.empty();
  }

  /** The same with other judgements, and the verdict that they come to. */
  public Judged with(List<Judgement> others) {
    return new Judged(
        scenario, others, findings, Judgement.ofScenario(others), decidedAt, window, trouble);
  }

  /**
   * Returns if every claim is as expected.
   *
   * @throws ClaimsNotJudged if something kept all of them from being judged
   * @throws ClaimsRefuted if the record contradicts what the scenario expects
   * @throws ClaimsUndecided if the record is too thin to tell
   */
  public void orThrow() {
    if (notJudged().isPresent()) {
      throw new ClaimsNotJudged(notJudged().get());
    }
    if (verdict == Verdict.INVALID) {
      throw withTrouble(new ClaimsRefuted(message()));
    }
    if (verdict == Verdict.UNKNOWN) {
      throw withTrouble(new ClaimsUndecided(message()));
    }
  }

  private <T extends Throwable> T withTrouble(T failure) {
    trouble.ifPresent(failure::addSuppressed);
    return failure;
  }

  /** What was not as expected: the worst claim first, then the others, then the diagnosis. */
  public String message() {
    return JudgedText.of(this);
  }
}
