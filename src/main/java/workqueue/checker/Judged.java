package workqueue.checker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
   * Returns if every claim is as expected.
   *
   * @throws ClaimsRefuted if the record contradicts what the scenario expects
   * @throws ClaimsUndecided if the record is too thin to tell
   */
  public void orThrow() {
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
