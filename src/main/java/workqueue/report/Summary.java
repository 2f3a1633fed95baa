package workqueue.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.checker.claim.Verdict;
import workqueue.report.page.Page;

/** The last words of a run: a table of its scenarios, why they failed, and where to read on. */
final class Summary {
  private static final int MOST_TOLD = 20;

  private Summary() {}

  static List<String> lines(RunResult result, Path reports, Ink ink) {
    List<String> lines = new ArrayList<>();
    int count = result.scenarios().size();
    lines.add("");
    lines.add(
        ink.of(result.verdict(), result.verdict().name())
            + ": "
            + (count == 0 ? "no scenario" : Counted.of(count, "scenario"))
            + " in "
            + Seconds.text(result.run().seconds())
            + ", run "
            + result.run().id());
    List<ScenarioResult> told = told(result.scenarios());
    int width = told.stream().mapToInt(each -> name(each).length()).max().orElse(0);
    for (ScenarioResult scenario : told) {
      String verdict = String.format("%-7s", scenario.verdict());
      lines.add(
          String.format(
              "  %-" + width + "s  %s  %10s",
              name(scenario),
              ink.of(scenario.verdict(), verdict),
              Seconds.text(scenario.seconds())));
      scenario.reason().ifPresent(why -> lines.add("      " + Messages.firstLine(why)));
    }
    untold(result.scenarios(), told).forEach((verdict, more) -> lines.add(rest(verdict, more)));
    result
        .notRun()
        .forEach(
            (id, why) ->
                why.code()
                    .ifPresent(code -> lines.add("  " + id + "  not judged, because of " + code)));
    Rate.mixed(result.scenarios()).forEach(each -> lines.add("Now and then: " + each.sentence()));
    List<WorkerCause> causes = WorkerCause.of(result);
    if (!causes.isEmpty()) {
      lines.add("What is wrong with the worker:");
      causes.forEach(each -> lines.add("  " + each.sentence()));
    }
    List<String> changes = BehaviourCard.changes(result.scenarios());
    if (!changes.isEmpty()) {
      lines.add("What the worker now does differently:");
      changes.forEach(each -> lines.add("  " + each));
    }
    // Why a scenario of which no cause was found is not VALID stands with it already, if it is
    // told.
    boolean allTold = !untold(result.scenarios(), told).keySet().stream().anyMatch(Summary::isBad);
    List<Wrong> wrong =
        Wrong.of(result).stream().filter(each -> each.code() != null || !allTold).toList();
    if (!wrong.isEmpty()) {
      lines.add("What is wrong:");
      wrong.forEach(each -> lines.add("  " + each.sentence()));
    }
    lines.add("Page: " + reports.resolve(Page.NAME));
    lines.add("Result: " + reports.resolve("result.json"));
    if (result.verdict() != Verdict.VALID && Files.isDirectory(reports.resolve("diagnostics"))) {
      lines.add("Diagnostics: " + reports.resolve("diagnostics"));
    }
    return lines;
  }

  /**
   * So many that the verdict is still in sight above them: those that are not VALID before others.
   */
  private static List<ScenarioResult> told(List<ScenarioResult> all) {
    return all.size() <= MOST_TOLD
        ? all
        : all.stream().filter(each -> isBad(each.verdict())).limit(MOST_TOLD).toList();
  }

  private static Map<Verdict, Long> untold(List<ScenarioResult> all, List<ScenarioResult> told) {
    return all.stream()
        .filter(each -> !told.contains(each))
        .collect(
            Collectors.groupingBy(ScenarioResult::verdict, TreeMap::new, Collectors.counting()));
  }

  private static String rest(Verdict verdict, long more) {
    return "  %s %s".formatted(Counted.more(more, "scenario"), verdict);
  }

  private static boolean isBad(Verdict verdict) {
    return verdict != Verdict.VALID;
  }

  static String name(ScenarioResult scenario) {
    return scenario.repetition() == null
        ? scenario.id()
        : scenario.id() + " #" + scenario.repetition();
  }
}
