package workqueue.report;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import workqueue.checker.claim.Judgement.NotJudged;
import workqueue.checker.claim.Verdict;
import workqueue.report.RunProgress.Running;
import workqueue.report.page.Page;

/**
 * Collects the scenarios of a run, from any thread, and writes the result once.
 *
 * <p>From the beginning the result file says UNKNOWN. A scenario that began and never reported
 * counts as UNKNOWN: a run that was cut off cannot come out VALID.
 */
public final class RunReport {
  // A result of many scenarios that end at once need not be written for each.
  private static final Duration BETWEEN = Duration.ofMillis(200);

  private static final String SUMMARY = "summary.md";

  private final ResultFile file;
  private final RunInfo run;
  private final Clock clock;
  private final Map<String, List<Started>> started = new TreeMap<>();
  private final Map<String, NotRun> notRun = new TreeMap<>();
  private int withdrawn;
  private long written = System.nanoTime() - BETWEEN.toNanos();
  private VisitResult visit;
  private RunResult finished;

  /** One run of a scenario, whose result is still to come until it is set. */
  private static final class Started {
    private final String title;
    private final Instant began;
    private ScenarioResult result;

    private Started(String title, Instant began) {
      this.title = title;
      this.began = began;
    }
  }

  private RunReport(ResultFile file, RunInfo run, Clock clock) {
    this.file = file;
    this.run = run;
    this.clock = clock;
  }

  /**
   * Begins the report of a run in this folder.
   *
   * @throws workqueue.EnvironmentTrouble if the folder cannot be written
   */
  public static RunReport begin(Path reports, RunInfo run) {
    return begin(reports, run, Clock.systemUTC());
  }

  static RunReport begin(Path reports, RunInfo run, Clock clock) {
    RunReport report = new RunReport(new ResultFile(reports), run, clock);
    report.file.begin(run);
    report.file.removeBeside(SUMMARY);
    report.file.removeBeside(Page.NAME);
    return report;
  }

  /** Where the result lies. */
  public Path path() {
    return file.path();
  }

  /** Notes that a scenario begins; its result must follow. Once for each repetition. */
  public synchronized void starts(String id, String title) {
    refuseWhenFinished(id);
    started.computeIfAbsent(id, key -> new ArrayList<>()).add(new Started(title, clock.instant()));
  }

  /** Notes that a scenario does not run, and why. */
  public synchronized void notRun(String id, String reason) {
    refuseWhenFinished(id);
    notRun.put(id, NotRun.because(reason));
  }

  /** Notes that a scenario that began was not judged, and why. */
  public synchronized void notJudged(String id, NotJudged why) {
    withdraw(id);
    notRun.put(id, NotRun.because(why));
  }

  /** Notes that a scenario that began could not be tried, and why. */
  public synchronized void notTried(String id, String why) {
    withdraw(id);
    notRun.put(id, NotRun.because(why));
  }

  private void withdraw(String id) {
    refuseWhenFinished(id);
    List<Started> runs = started.getOrDefault(id, new ArrayList<>());
    runs.stream().filter(each -> each.result == null).findFirst().ifPresent(runs::remove);
    withdrawn++;
  }

  /**
   * How far the run is.
   *
   * @param planned how many scenarios there are to be in all; empty if that is not known
   */
  public synchronized RunProgress progress(OptionalInt planned) {
    Instant now = clock.instant();
    List<Running> running = new ArrayList<>();
    Map<Verdict, Integer> done = new EnumMap<>(Verdict.class);
    started.forEach(
        (id, runs) -> {
          for (Started each : runs) {
            if (each.result == null) {
              running.add(new Running(id, Duration.between(each.began, now)));
            } else {
              done.merge(each.result.verdict(), 1, Integer::sum);
            }
          }
        });
    running.sort(Comparator.comparing(Running::elapsed).reversed());
    return new RunProgress(
        running, done, withdrawn, planned, Duration.between(run.startedAt(), now));
  }

  /** Takes what became of the visit to a cluster that was checked. */
  public synchronized void visit(VisitResult visited) {
    refuseWhenFinished("visit");
    visit = visited;
  }

  /** Takes a scenario's result. */
  public synchronized void add(ScenarioResult result) {
    refuseWhenFinished(result.id());
    List<Started> runs = started.computeIfAbsent(result.id(), key -> new ArrayList<>());
    Started open =
        runs.stream()
            .filter(each -> each.result == null)
            .findFirst()
            .orElseGet(
                () -> {
                  Started unannounced = new Started(result.title(), clock.instant());
                  runs.add(unannounced);
                  return unannounced;
                });
    open.result = result;
    if (System.nanoTime() - written >= BETWEEN.toNanos()) {
      file.write(RunResult.soFar(run, results(), notRun));
      written = System.nanoTime();
    }
  }

  /**
   * Writes the result and returns it; called again it writes nothing and returns the same.
   *
   * @throws workqueue.EnvironmentTrouble if the result cannot be written
   */
  public synchronized RunResult finish() {
    if (finished == null) {
      double seconds = Seconds.of(Duration.between(run.startedAt(), clock.instant()).abs());
      RunResult result = RunResult.of(run.after(seconds), results(), notRun, visit);
      file.write(result);
      file.writeBeside(SUMMARY, SummaryPage.of(result));
      Page.write(file.path(), file.path().resolveSibling(Page.NAME));
      finished = result;
    }
    return finished;
  }

  private List<ScenarioResult> results() {
    List<ScenarioResult> scenarios = new ArrayList<>();
    started.forEach((id, runs) -> scenarios.addAll(numbered(id, runs)));
    return scenarios;
  }

  private void refuseWhenFinished(String id) {
    if (finished != null) {
      throw new IllegalStateException(
          "The run's result is written already; scenario " + id + " comes too late.");
    }
  }

  /**
   * The runs of one scenario in the order of their repetitions: the numbers they were given, and
   * the free ones for the rest. A scenario that ran once has no number.
   */
  private static List<ScenarioResult> numbered(String id, List<Started> runs) {
    List<ScenarioResult> results = new ArrayList<>();
    for (Started each : runs) {
      results.add(each.result != null ? each.result : cutOff(id, each.title));
    }
    if (results.size() == 1) {
      ScenarioResult only = results.get(0);
      return List.of(Integer.valueOf(1).equals(only.repetition()) ? only.asRepetition(null) : only);
    }
    List<Integer> given = new ArrayList<>();
    for (ScenarioResult each : results) {
      given.add(each.repetition());
    }
    List<ScenarioResult> numbered = new ArrayList<>();
    int next = 1;
    for (int i = 0; i < results.size(); i++) {
      Integer number = given.get(i);
      if (number == null || given.subList(0, i).contains(number)) {
        while (given.contains(next)) {
          next++;
        }
        number = next;
        given.set(i, next);
      }
      numbered.add(results.get(i).asRepetition(number));
    }
    numbered.sort(Comparator.comparing(ScenarioResult::repetition));
    return Collections.unmodifiableList(numbered);
  }

  private static ScenarioResult cutOff(String id, String title) {
    return ScenarioResult.builder(id, title)
        .verdict(Verdict.UNKNOWN)
        .message("The scenario began and ended without a verdict.")
        .build();
  }
}
