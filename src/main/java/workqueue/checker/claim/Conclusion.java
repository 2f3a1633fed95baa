package workqueue.checker.claim;

import java.util.List;
import workqueue.checker.diagnosis.Finding;

/**
 * What a claim comes to on one history.
 *
 * @param explanation what was expected, what was seen, and the difference; empty when VALID
 */
public record Conclusion(Verdict verdict, String explanation, List<Finding> findings) {
  public Conclusion {
    findings = List.copyOf(findings);
  }

  static Conclusion valid() {
    return new Conclusion(Verdict.VALID, "", List.of());
  }

  static Conclusion unknown(Explanation why) {
    return new Conclusion(Verdict.UNKNOWN, why.text(), List.of());
  }

  static Conclusion invalid(Explanation why, Finding... findings) {
    return new Conclusion(Verdict.INVALID, why.text(), List.of(findings));
  }
}
