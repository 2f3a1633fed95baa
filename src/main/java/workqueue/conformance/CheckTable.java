package workqueue.conformance;

import java.util.ArrayList;
import java.util.List;
import workqueue.checker.claim.CheckAnswer;
import workqueue.report.VisitResult;

/** What a visit came to, in lines for a terminal: a check each, and what to do where one fails. */
final class CheckTable {
  private final List<String> lines = new ArrayList<>();

  private CheckTable() {}

  static List<String> lines(VisitResult visit, String version, List<Answered> answers) {
    CheckTable table = new CheckTable();
    table.lines.add(
        "work-queue conformance · %s · %s (%s) · namespace %s%s%s"
            .formatted(
                visit.mode(),
                visit.context(),
                version,
                visit.namespace(),
                visit.user() == null ? "" : " · as " + visit.user(),
                visit.made() == 0 ? " · makes nothing" : ""));
    String category = "";
    for (Answered each : answers) {
      if (!each.check().category().equals(category)) {
        category = each.check().category();
        table.lines.add(category);
      }
      table.add(each);
    }
    table.sum(visit, answers);
    return table.lines;
  }

  private void add(Answered each) {
    CheckAnswer answer = each.answer();
    boolean fails = answer.outcome() == CheckAnswer.Outcome.FAILS;
    String predicted = fails && answer.inferred() ? " (predicted)" : "";
    String code = answer.code().map(known -> known + ": ").orElse("");
    lines.add(
        "  %s %-25s %s%s%s"
            .formatted(
                sign(each),
                each.check().name() + predicted,
                code,
                answer.said(),
                fails ? "    " + each.owner() : ""));
    if (!answer.remedy().isEmpty()) {
      lines.add("      → " + answer.remedy());
    }
  }

  private static String sign(Answered each) {
    return switch (each.answer().outcome()) {
      case HOLDS -> each.answer().inferred() ? "≈" : "√";
      case FAILS ->
          switch (each.check().level()) {
            case REQUIRED -> "×";
            case RECOMMENDED -> "‼";
            case INFORMATIONAL -> "·";
          };
      case UNKNOWN -> "?";
      case NOT_RUN -> "–";
    };
  }

  private void sum(VisitResult visit, List<Answered> answers) {
    lines.add(
        "%d hold · %d to fix · %d not seen · %d not run · %d objects made · %d requests, %d of them dry runs"
            .formatted(
                count(answers, CheckAnswer.Outcome.HOLDS),
                answers.stream()
                    .filter(each -> each.answer().outcome() == CheckAnswer.Outcome.FAILS)
                    .filter(each -> each.check().level() != Level.INFORMATIONAL)
                    .count(),
                count(answers, CheckAnswer.Outcome.UNKNOWN),
                count(answers, CheckAnswer.Outcome.NOT_RUN),
                visit.made(),
                visit.requests(),
                visit.dryRuns()));
    lines.add("grade: " + visit.grade());
  }

  private static long count(List<Answered> answers, CheckAnswer.Outcome outcome) {
    return answers.stream().filter(each -> each.answer().outcome() == outcome).count();
  }
}
