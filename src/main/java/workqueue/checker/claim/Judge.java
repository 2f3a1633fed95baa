package workqueue.checker.claim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.diagnosis.Hang;
import workqueue.checker.view.Picture;
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
    // The claims' verdicts stand without it: it must not hide them.
    List<Finding> findings = List.of();
    Throwable trouble = null;
    try {
      findings = Diagnosis.of(picture, Diagnosis.WINDOW).findings();
    } catch (RuntimeException | StackOverflowError bug) {
      trouble = bug;
    }
    if (isThisMachines(history, findings)) {
      judgements.replaceAll(Judge::undecided);
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

  /** Whether the nodes of a throwaway cluster, which have what this machine has, lack something. */
  private static boolean isThisMachines(History history, List<Finding> findings) {
    return "throwaway".equals(history.header().environment().cluster().kind())
        && new Diagnosis(findings).roots().equals(Set.of(FindingCode.NODE_PRESSURE));
  }

  private static Judgement undecided(Judgement refuted) {
    return refuted.verdict() != Verdict.INVALID || refuted.asExpected()
        ? refuted
        : new Judgement(
            refuted.claim(),
            refuted.expected(),
            Verdict.UNKNOWN,
            refuted.explanation()
                + "\n  but:        a throwaway cluster is short of what this machine is short of",
            refuted.findings());
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
