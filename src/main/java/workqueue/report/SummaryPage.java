package workqueue.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import workqueue.Redaction;
import workqueue.checker.claim.Judgement;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.FindingCode;

/** The outcome of a run as a page of Markdown, for a CI job's summary. */
final class SummaryPage {
  private final List<String> lines = new ArrayList<>();

  private SummaryPage() {}

  static String of(RunResult result) {
    SummaryPage page = new SummaryPage();
    page.verdict(result);
    page.worker(result);
    page.wrong(result);
    page.scenarios(result);
    page.behaviour(result);
    page.toldAnyway(result);
    page.specimens(result);
    return Redaction.redact(String.join("\n", page.lines)) + "\n";
  }

  private void verdict(RunResult result) {
    lines.add("## " + result.verdict());
    lines.add("");
    lines.add(
        "Run "
            + result.run().id()
            + ", "
            + Seconds.text(result.run().seconds())
            + where(result)
            + ".");
  }

  private static String where(RunResult result) {
    return result.environment().entrySet().stream()
        .filter(each -> !each.getKey().equals("worker"))
        .map(each -> ", " + each.getKey() + " " + each.getValue())
        .collect(Collectors.joining());
  }

  private void worker(RunResult result) {
    Rate.mixed(result.scenarios())
        .forEach(
            each -> {
              lines.add("");
              lines.add("Now and then: " + each.sentence() + ".");
            });
    List<WorkerCause> causes = WorkerCause.of(result);
    if (!causes.isEmpty()) {
      lines.add("");
      lines.add("### What is wrong with the worker");
      lines.add("");
      causes.forEach(each -> lines.add("- " + each.sentence()));
    }
  }

  private void wrong(RunResult result) {
    List<Wrong> wrong = Wrong.of(result);
    if (!wrong.isEmpty()) {
      lines.add("");
      lines.add("### What is wrong");
      lines.add("");
      wrong.forEach(each -> lines.add("- " + each.sentence()));
    }
  }

  private void behaviour(RunResult result) {
    List<Trait> card = BehaviourCard.of(result.scenarios());
    if (!card.isEmpty()) {
      lines.add("");
      lines.add("### How the worker behaves");
      table("what", "seen", "before, where that was otherwise");
      card.forEach(each -> row(each.what(), each.shown(), each.before().orElse("")));
    }
  }

  private void scenarios(RunResult result) {
    if (result.scenarios().isEmpty()) {
      lines.add("No scenario was run.");
      return;
    }
    lines.add("");
    lines.add(
        "<details><summary>%d of %d scenarios are VALID</summary>"
            .formatted(
                result.scenarios().stream().filter(each -> each.verdict() == Verdict.VALID).count(),
                result.scenarios().size()));
    table("scenario", "verdict", "seconds", "");
    for (ScenarioResult each : result.scenarios()) {
      row(
          "`" + name(each) + "`",
          each.verdict().name(),
          Seconds.rounded(each.seconds(), 1).toPlainString(),
          each.reason().map(Messages::firstLine).orElse(each.title()));
    }
    result
        .notRun()
        .forEach(
            (id, why) ->
                row(
                    "`" + id + "`",
                    why.code().isPresent() ? "not judged" : "not run",
                    "",
                    why.reason()));
    lines.add("");
    lines.add("</details>");
  }

  /** What is as expected and yet to be told every time: known violations, advice, the unknown. */
  private void toldAnyway(RunResult result) {
    List<ScenarioResult> gate =
        result.scenarios().stream().filter(each -> each.suite().equals("gate")).toList();
    List<String> told = new ArrayList<>();
    for (ScenarioResult scenario : gate) {
      scenario.claims().stream()
          .filter(
              each ->
                  each.asExpected() && each.notJudged().isEmpty() && !each.explanation().isEmpty())
          .forEach(each -> told.add("- `" + name(scenario) + "`, " + kind(each) + cell(each)));
    }
    if (!told.isEmpty()) {
      lines.add("");
      lines.add("### Told every time");
      lines.add("");
      lines.addAll(told);
    }
  }

  private static String kind(Judgement judgement) {
    return switch (judgement.expected()) {
      case INVALID -> "as known: ";
      case UNKNOWN -> "not known: ";
      case VALID -> "to be noted: ";
    };
  }

  private static String cell(Judgement judgement) {
    return Messages.firstLine(judgement.explanation());
  }

  private void specimens(RunResult result) {
    SelfTestScore.of(result.scenarios()).ifPresent(score -> specimens(result, score));
  }

  private void specimens(RunResult result, SelfTestScore score) {
    lines.add("");
    lines.add("### Self-test");
    lines.add("");
    lines.add(
        "%d of %d mutants were found by their code; %d false alarms on %d sound workers%s."
            .formatted(
                score.found(),
                score.mutants(),
                score.falseAlarms(),
                score.sound(),
                score.notTried() == 0 ? "" : "; " + score.notTried() + " could not be tried"));
    table("tried", "against", "to be found", "found", "its record breaks", "");
    for (ScenarioResult each : result.scenarios()) {
      SpecimenResult tried = each.specimen();
      if (tried != null) {
        row(
            "`" + tried.name() + "`" + (tried.mutant() ? "" : " (sound)"),
            "`" + tried.rule() + "`",
            codes(tried.expected()),
            codes(tried.found()),
            broken(tried.broken()),
            remark(tried, each.verdict()));
      }
    }
  }

  private static String remark(SpecimenResult tried, Verdict verdict) {
    if (verdict != Verdict.VALID) {
      return tried.mutant() ? "missed" : "false alarm";
    }
    return tried.tried() ? "" : "not tried: the API has no " + tried.lacking();
  }

  private static String broken(List<SpecimenResult.BrokenRule> rules) {
    return rules.isEmpty()
        ? "–"
        : rules.stream()
            .map(each -> "`" + each.rule() + "` (" + codes(each.codes()) + ")")
            .collect(Collectors.joining(", "));
  }

  private static String codes(List<FindingCode> codes) {
    return codes.isEmpty()
        ? "–"
        : codes.stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "));
  }

  private void table(String... heads) {
    lines.add("");
    row(heads);
    row(Collections.nCopies(heads.length, "---").toArray(String[]::new));
  }

  private void row(String... cells) {
    lines.add(
        Arrays.stream(cells)
            .map(each -> each.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |")));
  }

  private static String name(ScenarioResult scenario) {
    return scenario.id() + (scenario.repetition() == null ? "" : " #" + scenario.repetition());
  }
}
