package workqueue.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;
import workqueue.Redaction;
import workqueue.checker.claim.Verdict;
import workqueue.configuration.Parameter;
import workqueue.junit.ReportsFolder;
import workqueue.report.Narrator;
import workqueue.report.ResultFile;

/** Runs suites as Maven does: by the JUnit Platform's launcher, with the same reports. */
final class SuiteRun {
  /** As Maven's runs have it from src/test/resources/junit-platform.properties. */
  static final Map<String, String> SIDE_BY_SIDE =
      Map.of(
          "junit.jupiter.execution.parallel.enabled", "true",
          "junit.jupiter.execution.parallel.mode.default", "same_thread",
          "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
          "junit.jupiter.execution.parallel.config.strategy", "dynamic",
          "junit.jupiter.execution.parallel.config.dynamic.max-pool-size-factor", "2");

  /** What a run adds to rather than replaces. */
  private static final List<String> OF_THE_RUN_BEFORE =
      List.of("diagnostics", "allure-results", "junit", "histories");

  private final List<String> suites;
  private final Map<String, String> parameters;
  private final Path reports;
  private final PrintWriter err;

  /**
   * @param suites the names of their classes
   * @param parameters by their full names
   * @param reports the folder, which is made if it is not there
   * @param err is told what failed
   */
  SuiteRun(List<String> suites, Map<String, String> parameters, Path reports, PrintWriter err) {
    this.suites = suites;
    this.parameters = parameters;
    this.reports = reports;
    this.err = err;
  }

  /** Runs them, and returns the exit code that tells the verdict. */
  int run() {
    Optional<String> before = ResultFile.run(reports);
    forgetTheRunBefore(reports, parameters.containsKey(Parameter.HISTORY.key()));
    System.getProperties()
        .putIfAbsent("allure.results.directory", reports.resolve("allure-results").toString());
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(suites.stream().map(DiscoverySelectors::selectClass).toList())
            .filters(EngineFilter.includeEngines("junit-jupiter"))
            .configurationParameters(SIDE_BY_SIDE)
            .configurationParameters(parameters)
            .configurationParameter(ReportsFolder.KEY, reports.toString())
            .build();
    Telling telling = new Telling();
    LauncherFactory.create()
        .execute(
            request, telling, new LegacyXmlReportGeneratingListener(reports.resolve("junit"), err));
    return before.equals(ResultFile.run(reports))
        ? ExitCode.UNKNOWN
        : exitCode(ResultFile.verdict(reports), telling.failed);
  }

  /** Something that failed beside a VALID result is no scenario, and nobody knows what it hides. */
  static int exitCode(Optional<Verdict> verdict, boolean failed) {
    int code = ExitCode.of(verdict);
    return code == ExitCode.VALID && failed ? ExitCode.UNKNOWN : code;
  }

  /**
   * Removes what an earlier run left in its reports, so that nobody takes it for this one's.
   *
   * @param keepsHistories whether its records stay: they may be what is to be judged
   */
  static void forgetTheRunBefore(Path reports, boolean keepsHistories) {
    for (String each : OF_THE_RUN_BEFORE) {
      if (!each.equals("histories") || !keepsHistories) {
        remove(reports.resolve(each));
      }
    }
  }

  /** Removes a folder with all below it, if it is there. */
  static void remove(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  /** Prints what a scenario failed of, which its narration tells in short only. */
  private final class Telling implements TestExecutionListener {
    private boolean failed;

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() == Status.FAILED) {
        failed = true;
        err.println(
            Narrator.room()
                + test.getDisplayName()
                + ": "
                + Options.named(
                    Redaction.redact(result.getThrowable().map(SuiteRun::words).orElse("failed"))));
      }
    }
  }

  /**
   * A message of the harness is complete in itself; of anything else its kind and what is behind it
   * are told as well.
   */
  static String words(Throwable failure) {
    if (isOfTheHarness(failure)) {
      return String.valueOf(failure.getMessage());
    }
    List<String> words = new ArrayList<>(List.of(failure.toString()));
    for (Throwable behind : behind(failure)) {
      words.add(words(behind));
    }
    return String.join("\n", words);
  }

  private static boolean isOfTheHarness(Throwable failure) {
    return failure.getClass().getName().startsWith("workqueue.");
  }

  private static List<Throwable> behind(Throwable failure) {
    return failure.getCause() != null
        ? List.of(failure.getCause())
        : List.of(failure.getSuppressed());
  }
}
