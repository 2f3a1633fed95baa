package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.view.Picture;
import workqueue.history.ClaimSpec;
import workqueue.history.Event;
import workqueue.history.Recorded;

/** Claims that are made of other claims. */
final class CompositeClaims {
  private static final String NOT_AS_EXPECTED = " not as expected";

  private CompositeClaims() {}

  /** VALID if each is as expected, INVALID if one is refuted, UNKNOWN otherwise. */
  static Conclusion all(Picture picture, String words, List<Claim> parts) {
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

  /** VALID if it is known whether all of them hold; what does not is told all the same. */
  static Conclusion whether(Picture picture, String words, List<Claim> parts) {
    Conclusion all = all(picture, words, parts);
    return all.verdict() == Verdict.INVALID
        ? new Conclusion(
            Verdict.VALID,
            all.explanation().replaceFirst(": .*" + NOT_AS_EXPECTED + "\n", ": it does not hold\n"),
            all.findings())
        : all;
  }

  /** The event that decides the last of them; empty if one has none. */
  static Optional<? extends Recorded<? extends Event>> lastDecided(
      Picture picture, List<Claim> parts) {
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

  static List<Map<String, Object>> asData(List<Claim> parts) {
    List<Map<String, Object>> data = new ArrayList<>();
    for (Claim part : parts) {
      ClaimSpec spec = part.spec();
      data.add(
          Parameters.of(
              "claim", spec.claim(), "parameters", spec.parameters(), "expected", spec.expected()));
    }
    return data;
  }
}
