package workqueue.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import workqueue.checker.claim.Verdict;

/**
 * How often a scenario that was repeated came out VALID.
 *
 * @param runs at least 2
 */
record Rate(String id, int valid, int runs) {

  /** Those of the scenarios that came out now one way and now another. */
  static List<Rate> mixed(List<ScenarioResult> scenarios) {
    return scenarios.stream()
        .collect(Collectors.groupingBy(ScenarioResult::id, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(
            each ->
                new Rate(
                    each.getKey(),
                    Math.toIntExact(
                        each.getValue().stream()
                            .filter(one -> one.verdict() == Verdict.VALID)
                            .count()),
                    each.getValue().size()))
        .filter(each -> each.valid > 0 && each.valid < each.runs)
        .toList();
  }

  /** For example {@code gate.keeps-secrets was VALID in 7 of 10 runs}. */
  String sentence() {
    return "%s was VALID in %d of %d runs".formatted(id, valid, runs);
  }
}
