package workqueue.report;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import workqueue.checker.Verdict;

/**
 * The outcome of a run, as {@code result.json} holds it.
 *
 * @param schema the version of the file's shape
 * @param verdict the worst of the scenarios' verdicts; UNKNOWN of none
 * @param notRun why a scenario did not run, by its id
 * @param complete whether the run is over; one that is not is UNKNOWN
 */
public record RunResult(
    int schema,
    Verdict verdict,
    RunInfo run,
    List<ScenarioResult> scenarios,
    Map<String, String> notRun,
    boolean complete) {

  /** The version of the shape that this harness writes. */
  public static final int SCHEMA = 1;

  public RunResult {
    scenarios = List.copyOf(scenarios);
    notRun = Collections.unmodifiableMap(new TreeMap<>(notRun));
    Objects.requireNonNull(run);
    if (verdict != (complete ? worst(scenarios) : Verdict.UNKNOWN)) {
      throw new IllegalArgumentException(
          "A run's verdict is the worst of its scenarios, "
              + worst(scenarios)
              + ", not "
              + verdict
              + ".");
    }
  }

  /** The outcome of these scenarios. */
  public static RunResult of(RunInfo run, List<ScenarioResult> scenarios) {
    return of(run, scenarios, Map.of());
  }

  static RunResult of(RunInfo run, List<ScenarioResult> scenarios, Map<String, String> notRun) {
    return new RunResult(SCHEMA, worst(scenarios), run, scenarios, notRun, true);
  }

  /** What there is of a run that goes on. */
  static RunResult soFar(RunInfo run, List<ScenarioResult> scenarios, Map<String, String> notRun) {
    return new RunResult(SCHEMA, Verdict.UNKNOWN, run, scenarios, notRun, false);
  }

  private static Verdict worst(List<ScenarioResult> scenarios) {
    return Verdict.worst(scenarios.stream().map(ScenarioResult::verdict).toList());
  }
}
