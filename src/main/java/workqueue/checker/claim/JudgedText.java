package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import workqueue.Counted;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.Finding.Role;

/** The text of a failed scenario. */
final class JudgedText {
  private JudgedText() {}

  static String of(Judged judged) {
    List<String> parts = new ArrayList<>();
    judged.judgements().stream()
        .filter(each -> !each.asExpected())
        .sorted(Comparator.comparing(Judgement::verdict).reversed())
        .forEach(each -> parts.add(surprise(each)));
    if (judged.judgements().isEmpty()) {
      parts.add(judged.scenario() + ": no claims were made, so nothing is known");
    }
    long held = judged.judgements().stream().filter(Judgement::asExpected).count();
    parts.add(
        judged.scenario()
            + " is "
            + judged.verdict()
            + ": "
            + held
            + " of "
            + Counted.of(judged.judgements().size(), "claim")
            + (judged.judgements().size() == 1 ? " is as expected" : " are as expected"));
    judged.findings().stream().map(JudgedText::finding).forEach(parts::add);
    return String.join("\n", parts);
  }

  private static String surprise(Judgement judgement) {
    if (judgement.verdict() == Verdict.VALID) {
      return judgement.claim()
          + ": holds, and it should not\n  expected:   "
          + judgement.expected()
          + "\n  actual:     VALID";
    }
    return judgement.explanation();
  }

  private static String finding(Finding finding) {
    String because = finding.role() == Role.ROOT ? "root" : "consequence";
    String text = "  " + finding.code() + " (" + because + "): " + finding.message();
    return finding.remedy().isEmpty() ? text : text + "\n    " + finding.remedy();
  }
}
