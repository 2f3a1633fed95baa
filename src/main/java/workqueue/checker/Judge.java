package workqueue.checker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workqueue.history.History;

/** Judges a history: pure, so that the same history always gets the same verdicts. */
public final class Judge {
  private Judge() {}

  /** Judges the claims that the history was recorded with. */
  public static Judged judge(History history) {
    return judge(history, Claims.fromHeader(history.header()));
  }

  public static Judged judge(History history, List<Claim> claims) {
    Picture picture = new Picture(history);
    List<Judgement> judgements = new ArrayList<>();
    for (Claim claim : claims) {
      Conclusion conclusion = claim.judge(picture);
      judgements.add(
          new Judgement(
              claim.words(),
              claim.expected(),
              conclusion.verdict(),
              conclusion.explanation(),
              conclusion.findings()));
    }
    List<Finding> findings = List.of();
    Throwable trouble = null;
    try {
      findings = picture.diagnosis(Diagnosis.WINDOW).findings();
    } catch (RuntimeException | StackOverflowError bug) {
      // The claims' verdicts stand without it: it must not hide them.
      trouble = bug;
    }
    return new Judged(
        history.header().scenario(),
        judgements,
        findings,
        Judgement.ofScenario(judgements),
        decidedAt(picture, claims),
        window(picture),
        Optional.ofNullable(trouble));
  }

  public static Judged judge(History history, Claim... claims) {
    return judge(history, List.of(claims));
  }

  /** Empty as well where the diagnosis fails: that is told elsewhere. */
  private static Optional<Duration> window(Picture picture) {
    try {
      return Hang.in(picture, "").map(Hang::window);
    } catch (RuntimeException | StackOverflowError bug) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> decidedAt(Picture picture, List<Claim> claims) {
    Instant latest = null;
    for (Claim claim : claims) {
      Optional<Instant> decided = claim.decidedAt(picture).map(event -> event.at());
      if (decided.isEmpty()) {
        return Optional.empty();
      }
      latest = latest == null || decided.get().isAfter(latest) ? decided.get() : latest;
    }
    return Optional.ofNullable(latest);
  }
}
