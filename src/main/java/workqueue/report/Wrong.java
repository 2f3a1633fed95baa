package workqueue.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.diagnosis.FindingCode;

/**
 * Something that is wrong in a run: one cause, in however many scenarios it was met.
 *
 * @param code of the cause; null where none was found
 * @param message what was found, or why a scenario is not VALID where nothing was
 * @param scenarios in which it was met
 */
record Wrong(FindingCode code, String message, List<String> scenarios) {
  private static final int NAMED = 5;

  Wrong {
    scenarios = List.copyOf(scenarios);
  }

  /**
   * What is wrong in the scenarios that are not VALID, those that the worker's author is told of
   * apart from them left out: {@link WorkerCause}.
   */
  static List<Wrong> of(RunResult result) {
    Map<String, Wrong> met = new LinkedHashMap<>();
    for (ScenarioResult scenario : result.scenarios()) {
      if (scenario.verdict() == Verdict.VALID) {
        continue;
      }
      List<Finding> roots =
          scenario.findings().stream()
              .filter(each -> each.role() == Role.ROOT)
              .filter(each -> each.code() != FindingCode.ALL_PROCESSED)
              .filter(each -> !WorkerCause.isDemanded(each, scenario))
              .toList();
      if (roots.isEmpty()) {
        String why = Messages.firstLine(scenario.reason().orElse(""));
        met.merge(why, new Wrong(null, why, List.of(scenario.id())), Wrong::and);
      }
      for (Finding root : roots) {
        if (!scenario.suite().equals("gate")) {
          met.merge(
              root.code().name(),
              new Wrong(root.code(), Messages.firstLine(root.message()), List.of(scenario.id())),
              Wrong::and);
        }
      }
    }
    return List.copyOf(met.values());
  }

  private Wrong and(Wrong other) {
    return new Wrong(
        code,
        message,
        Stream.concat(scenarios.stream(), other.scenarios.stream()).distinct().toList());
  }

  /** In one sentence, with the scenarios. */
  String sentence() {
    return (code == null ? "" : code + ": ")
        + message
        + " ("
        + scenarios.stream().limit(NAMED).collect(Collectors.joining(", "))
        + (scenarios.size() > NAMED ? " and " + (scenarios.size() - NAMED) + " more" : "")
        + ")";
  }
}
