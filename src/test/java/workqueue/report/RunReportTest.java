package workqueue.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;
import workqueue.checker.claim.Verdict;

class RunReportTest {
  @TempDir Path reports;
  private RunReport report;

  @BeforeEach
  void begin() {
    Clock later =
        Clock.fixed(Results.RUN.startedAt().plus(Duration.ofMillis(93_449)), ZoneOffset.UTC);
    report = RunReport.begin(reports, Results.RUN, later);
  }

  @Test
  void saysUnknownUntilItIsFinished() throws Exception {
    report.add(Results.valid("outcome.exact"));
    assertThat(report.path())
        .content()
        .contains("\"verdict\": \"UNKNOWN\"", "\"complete\": false", "\"id\": \"outcome.exact\"");
    ResultSchema.read().holds(report.path());
    assertThat(report.finish().verdict()).isEqualTo(Verdict.VALID);
    assertThat(report.path()).content().contains("\"verdict\": \"VALID\"", "\"seconds\": 93.4,");
    ResultSchema.read().holds(report.path());
  }

  @Test
  void tellsWhatDidNotRun() throws Exception {
    report.add(Results.valid("outcome.exact"));
    report.notRun("gate.against", "wq.gate.against is not given");
    report.finish();
    assertThat(report.path())
        .content()
        .contains(
            """
              "notRun": [
                {
                  "id": "gate.against",
                  "reason": "wq.gate.against is not given"
                }
              ]
            """);
    ResultSchema.read().holds(report.path());
  }

  @Test
  void tellsHowFarTheRunIs() {
    report.starts("outcome.exact", "Exact");
    report.starts("outcome.exact", "Exact");
    report.starts("gate.against", "Against another");
    report.add(Results.valid("outcome.exact"));
    report.notTried("gate.against", "the API has no such field");
    RunProgress progress = report.progress(OptionalInt.of(7));
    assertThat(progress.running())
        .containsExactly(new RunProgress.Running("outcome.exact", Duration.ZERO));
    assertThat(progress.line())
        .isEqualTo("2 of 7 done, 1 running, 4 left, 93 s: outcome.exact 0 s");
    report.add(Results.invalid("outcome.exact"));
    assertThat(report.progress(OptionalInt.of(1)).line())
        .isEqualTo("3 of 3 done (1 INVALID), 0 running, 0 left, 93 s");
    assertThat(report.progress(OptionalInt.empty()).line())
        .isEqualTo("3 done (1 INVALID), 0 running, 93 s");
  }

  @Test
  void takesTheWorstVerdict() {
    report.add(Results.valid("outcome.exact"));
    report.add(Results.invalid("walkthrough.classic"));
    report.add(Results.unknown("walkthrough.current"));
    assertThat(report.finish().verdict()).isEqualTo(Verdict.INVALID);
  }

  @Test
  void isUnknownWhenNothingRan() {
    assertThat(report.finish().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void isUnknownWhenAScenarioNeverEnded() throws Exception {
    report.starts("outcome.exact", "Each item once");
    report.starts("outcome.failing-worker", "A worker fails");
    report.add(Results.valid("outcome.exact"));
    RunResult result = report.finish();
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result.scenarios())
        .extracting(ScenarioResult::id, ScenarioResult::verdict, ScenarioResult::message)
        .containsExactly(
            tuple("outcome.exact", Verdict.VALID, null),
            tuple(
                "outcome.failing-worker",
                Verdict.UNKNOWN,
                "The scenario began and ended without a verdict."));
    ResultSchema.read().holds(report.path());
  }

  @Test
  void ordersByIdThenRepetition() throws Exception {
    for (int i = 3; i >= 1; i--) {
      report.starts("outcome.exact", "Each item once");
    }
    report.add(Results.outcome().build());
    report.add(Results.valid("outcome.exact").asRepetition(3));
    report.add(Results.valid("outcome.exact").asRepetition(1));
    report.add(Results.unknown("outcome.exact").asRepetition(2));
    assertThat(report.finish().scenarios())
        .extracting(
            ScenarioResult::id, ScenarioResult::repetition, scenario -> scenario.verdict().name())
        .containsExactly(
            tuple("outcome.completions-below-items", null, "VALID"),
            tuple("outcome.exact", 1, "VALID"),
            tuple("outcome.exact", 2, "UNKNOWN"),
            tuple("outcome.exact", 3, "VALID"));
    ResultSchema.read().holds(report.path());
  }

  @Test
  void numbersRepetitionsThatHaveNoNumberOrThatOfAnother() {
    report.starts("outcome.exact", "Each item once");
    report.starts("outcome.exact", "Each item once");
    report.starts("outcome.exact", "Each item once");
    report.add(Results.valid("outcome.exact").asRepetition(2));
    report.add(Results.valid("outcome.exact").asRepetition(2));
    assertThat(report.finish().scenarios())
        .extracting(ScenarioResult::repetition, ScenarioResult::verdict)
        .containsExactly(
            tuple(1, Verdict.VALID), tuple(2, Verdict.VALID), tuple(3, Verdict.UNKNOWN));
  }

  @Test
  void hasNoNumberOnWhatRanOnce() {
    report.add(Results.valid("outcome.exact").asRepetition(1));
    assertThat(report.finish().scenarios())
        .extracting(ScenarioResult::repetition)
        .containsExactly((Integer) null);
  }

  @Test
  void writesOnce() throws Exception {
    report.add(Results.valid("outcome.exact"));
    RunResult result = report.finish();
    Files.delete(report.path());
    assertThat(report.finish()).isSameAs(result);
    assertThat(report.path()).doesNotExist();
  }

  @Test
  void refusesWhatComesTooLate() {
    report.finish();
    assertThatThrownBy(() -> report.add(Results.valid("outcome.exact")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The run's result is written already; scenario outcome.exact comes too late.");
    assertThatThrownBy(() -> report.starts("outcome.exact", "Each item once"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The run's result is written already; scenario outcome.exact comes too late.");
  }

  @Test
  void refusesToBeginWhereItCannotWrite() throws Exception {
    Path file = Files.writeString(reports.resolve("file"), "");
    assertThatThrownBy(() -> RunReport.begin(file, Results.RUN))
        .isInstanceOf(EnvironmentTrouble.class);
  }

  @Test
  void collectsFromManyThreads() throws Exception {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 1; i <= 400; i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, new Random(7));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int number : numbers) {
        running.add(
            threads.submit(
                () -> {
                  report.starts("outcome.exact", "Each item once");
                  report.add(Results.valid("outcome.exact").asRepetition(number));
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    RunResult result = report.finish();
    Collections.sort(numbers);
    assertThat(result.verdict()).isEqualTo(Verdict.VALID);
    assertThat(result.scenarios())
        .extracting(ScenarioResult::repetition)
        .containsExactlyElementsOf(numbers);
    ResultSchema.read().holds(report.path());
  }
}
