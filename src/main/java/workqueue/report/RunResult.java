package workqueue.report;

import java.util.List;
import java.util.Objects;
import workqueue.checker.Verdict;

/**
 * The outcome of a run, as {@code result.json} holds it.
 *
 * @param schema the version of the file's shape
 * @param verdict the worst of the scenarios' verdicts; UNKNOWN of none
 */
public record RunResult(int schema, Verdict verdict, RunInfo run, List<ScenarioResult> scenarios) {

  /** The version of the shape that this harness writes. */
  public static final int SCHEMA = 1;

  public RunResult {
    scenarios = List.copyOf(scenarios);
    Objects.requireNonNull(run);
    if (verdict != worst(scenarios)) {
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
    return new RunResult(SCHEMA, worst(scenarios), run, scenarios);
  }

  private static Verdict worst(List<ScenarioResult> scenarios) {
    return Verdict.worst(scenarios.stream().map(ScenarioResult::verdict).toList());
  }
}
