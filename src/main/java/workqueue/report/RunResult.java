package workqueue.report;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.diagnosis.FindingCode;

/**
 * The outcome of a run, as {@code result.json} holds it.
 *
 * @param schema the version of the file's shape
 * @param verdict the worst of the scenarios' verdicts; UNKNOWN of none, and where something kept a
 *     scenario from being judged and nothing else is INVALID for it
 * @param notRun why a scenario did not run or was not judged, by its id
 * @param complete whether the run is over; one that is not is UNKNOWN
 * @param visit to the cluster that was checked; null if none was
 */
public record RunResult(
    int schema,
    Verdict verdict,
    RunInfo run,
    List<ScenarioResult> scenarios,
    Map<String, NotRun> notRun,
    boolean complete,
    VisitResult visit) {

  /** The version of the shape that this harness writes. */
  public static final int SCHEMA = 1;

  public RunResult {
    scenarios = List.copyOf(scenarios);
    notRun = Collections.unmodifiableMap(new TreeMap<>(notRun));
    Objects.requireNonNull(run);
    if (verdict != (complete ? worst(scenarios, notRun) : Verdict.UNKNOWN)) {
      throw new IllegalArgumentException(
          "A run's verdict is the worst of its scenarios, "
              + worst(scenarios, notRun)
              + ", not "
              + verdict
              + ".");
    }
  }

  /** The outcome of these scenarios. */
  public static RunResult of(RunInfo run, List<ScenarioResult> scenarios) {
    return of(run, scenarios, Map.of(), null);
  }

  static RunResult of(RunInfo run, List<ScenarioResult> scenarios, Map<String, NotRun> notRun) {
    return of(run, scenarios, notRun, null);
  }

  static RunResult of(
      RunInfo run, List<ScenarioResult> scenarios, Map<String, NotRun> notRun, VisitResult visit) {
    return new RunResult(SCHEMA, worst(scenarios, notRun), run, scenarios, notRun, true, visit);
  }

  /** Where its scenarios ran, in words, by what they are of; several are parted by semicolons. */
  public Map<String, String> environment() {
    Map<String, Set<String>> words = new TreeMap<>();
    scenarios.stream()
        .flatMap(each -> each.environment().words().entrySet().stream())
        .forEach(
            each ->
                words.computeIfAbsent(each.getKey(), any -> new TreeSet<>()).add(each.getValue()));
    Map<String, String> joined = new TreeMap<>();
    words.forEach((name, values) -> joined.put(name, String.join("; ", values)));
    return joined;
  }

  /** What there is of a run that goes on. */
  static RunResult soFar(RunInfo run, List<ScenarioResult> scenarios, Map<String, NotRun> notRun) {
    return new RunResult(SCHEMA, Verdict.UNKNOWN, run, scenarios, notRun, false, null);
  }

  private static Verdict worst(List<ScenarioResult> scenarios, Map<String, NotRun> notRun) {
    Set<FindingCode> told =
        scenarios.stream()
            .filter(each -> each.verdict() == Verdict.INVALID)
            .flatMap(RunResult::causes)
            .collect(Collectors.toSet());
    boolean allTold =
        notRun.values().stream().flatMap(each -> each.code().stream()).allMatch(told::contains);
    return Verdict.worst(
        Stream.concat(
                scenarios.stream().map(ScenarioResult::verdict),
                allTold ? Stream.empty() : Stream.of(Verdict.UNKNOWN))
            .toList());
  }

  private static Stream<FindingCode> causes(ScenarioResult scenario) {
    return Stream.concat(
            scenario.findings().stream(),
            scenario.claims().stream().flatMap(each -> each.findings().stream()))
        .filter(each -> each.role() == Role.ROOT)
        .map(Finding::code);
  }
}
