package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.Recorded;

/**
 * All of the claims come out as each expects.
 *
 * @param words what they amount to, for example "the worker keeps takes-one-item"
 */
record All(String words, List<Claim> parts) implements Statement {
  static final String NOT_AS_EXPECTED = " not as expected";

  All {
    parts = List.copyOf(parts);
  }

  /** VALID if each is as expected, INVALID if one is refuted, UNKNOWN otherwise. */
  @Override
  public Conclusion judge(Picture picture) {
    List<String> why = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    Verdict worst = Verdict.VALID;
    for (Claim part : parts) {
      Conclusion conclusion = part.judge(picture);
      if (conclusion.verdict() == part.expected()) {
        continue;
      }
      boolean unknown = conclusion.verdict() == Verdict.UNKNOWN;
      Verdict surprise = unknown ? Verdict.UNKNOWN : Verdict.INVALID;
      worst = surprise.compareTo(worst) > 0 ? surprise : worst;
      why.add(
          conclusion.verdict() == Verdict.VALID
              ? part.words() + ": holds, and it should not"
              : conclusion.explanation());
      findings.addAll(conclusion.findings());
    }
    if (worst == Verdict.VALID) {
      return Conclusion.valid();
    }
    String first =
        words
            + ": "
            + (worst == Verdict.INVALID
                ? why.size() + " of " + Counted.of(parts.size(), "claim") + NOT_AS_EXPECTED
                : "cannot be told");
    return new Conclusion(worst, first + "\n" + String.join("\n", why), findings);
  }

  /** The event that decides the last of them; empty if one has none. */
  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    Optional<Recorded<? extends Event>> latest = Optional.empty();
    for (Claim part : parts) {
      Optional<Recorded<? extends Event>> decided = part.decidedAt(picture);
      if (decided.isEmpty()) {
        return Optional.empty();
      }
      boolean later = latest.map(each -> decided.get().at().isAfter(each.at())).orElse(true);
      latest = later ? decided : latest;
    }
    return latest;
  }
}
