package workqueue.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.HarnessEvent.Deviation;

class NarratorTest {
  @TempDir Path reports;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong(-3);

  @Test
  void tellsAStepFromItsBeginningToItsEnd() {
    ScenarioNarration classic = narrator(Ink.PLAIN).scenario("classic", 21);
    classic.begins(1, "start-service", "the Service rabbitmq-service");
    classic.ends(1, StepResult.passed("start-service", 0.44, List.of()));
    classic.begins(2, "start-broker", "the broker answers\nin time");
    for (int second = 1; second <= 12; second++) {
      pass(1);
      classic.waits(
          "an AMQP login",
          "connection refused at amqp://guest:secret@10.0.0.1\n\tat nowhere",
          Duration.ofMillis(second * 1000L),
          Duration.ofMinutes(3));
    }
    pass(54);
    classic.ends(
        2,
        StepResult.passed(
            "start-broker",
            66.06,
            List.of(new Deviation("rabbitmq", "localhost/rabbitmq", "no registry answers"))));
    classic.ends(3, StepResult.notRun("start-temporary-pod"));
    assertThat(printed())
        .isEqualTo(
            """
            [classic]  1/21 start-service: the Service rabbitmq-service
            [classic]  1/21 start-service  passed  0.4 s
            [classic]  2/21 start-broker: the broker answers
            [classic]  2/21 start-broker … waiting for an AMQP login: connection refused at amqp://guest:***@10.0.0.1 (5 s of 180 s)
            [classic]  2/21 start-broker … waiting for an AMQP login: connection refused at amqp://guest:***@10.0.0.1 (10 s of 180 s)
            [classic]  2/21 start-broker  passed  66.1 s   adapted: rabbitmq → localhost/rabbitmq (no registry answers)
            [classic]  3/21 start-temporary-pod  not-run
            """);
  }

  @Test
  void tellsWhyAStepFailed() {
    ScenarioNarration classic = narrator(Ink.PLAIN).scenario("classic", 8);
    classic.ends(
        4,
        StepResult.failed(
            "install-tools",
            3.2,
            List.of(Results.PYTHON, new Deviation("dnsutils", "bind9-dnsutils", "renamed")),
            "apt-get update failed: rc 100\n\n  E: amqp://u:p@h\n"));
    assertThat(printed())
        .isEqualTo(
            """
            [classic] 4/8 install-tools  failed  3.2 s   adapted: python → python3 (no such package any more); dnsutils → bind9-dnsutils (renamed)
            [classic]     apt-get update failed: rc 100
            [classic]
            [classic]       E: amqp://u:***@h
            """);
  }

  @Test
  void tellsWaitsOutsideOfStepsAndOtherThings() {
    ScenarioNarration current = narrator(Ink.PLAIN).scenario("current", 21);
    pass(5);
    current.waits("the cluster", "", Duration.ofSeconds(5), Duration.ofMinutes(1));
    current.says("kept: namespace wq-1\nremove: kubectl delete namespace wq-1");
    assertThat(printed())
        .isEqualTo(
            """
            [current] … waiting for the cluster (5 s of 60 s)
            [current] kept: namespace wq-1
            [current] remove: kubectl delete namespace wq-1
            """);
  }

  @Test
  void keepsLinesShort() {
    ScenarioNarration current = narrator(Ink.PLAIN).scenario("c", 1);
    pass(6);
    current.waits("x", "y".repeat(500), Duration.ofSeconds(6), Duration.ofMinutes(1));
    assertThat(printed())
        .isEqualTo("[c] … waiting for x: " + "y".repeat(199) + "… (6 s of 60 s)\n");
  }

  @Test
  void tellsHowFarTheRunIsLineByLine() {
    Narrator narrator = narrator(Ink.PLAIN);
    narrator.progress(progress(OptionalInt.of(40)));
    pass(29);
    narrator.progress(progress(OptionalInt.of(40)));
    pass(1);
    narrator.progress(progress(OptionalInt.of(40)));
    pass(29);
    narrator.scenario("exact", 0).says("hello");
    pass(29);
    narrator.progress(progress(OptionalInt.of(40)));
    narrator.ended(Results.valid("outcome.exact").asRepetition(1), progress(OptionalInt.of(40)));
    narrator.ended(Results.unknown("outcome.exact").asRepetition(2), progress(OptionalInt.empty()));
    assertThat(printed())
        .isEqualTo(
            """
            [run] 14 of 40 done (1 INVALID, 2 UNKNOWN), 4 running, 22 left, 133 s: race.a 31 s, race.b 12 s, race.c 4 s, …
            [exact] hello
            [run] outcome.exact  VALID  1.5 s   14 of 40 done (1 INVALID, 2 UNKNOWN), 4 running, 22 left, 133 s
            [run] outcome.exact #2  UNKNOWN  2.0 s   14 done (1 INVALID, 2 UNKNOWN), 4 running, 133 s
            """);
  }

  @Test
  void leavesARunOfOneToItsSummary() {
    narrator(Ink.PLAIN).ended(Results.valid("outcome.exact"), progress(OptionalInt.of(1)));
    assertThat(printed()).isEmpty();
  }

  @Test
  void keepsALineUpToDateOnATerminal() {
    Narrator narrator = narrator(Ink.PLAIN, 79);
    narrator.progress(progress(OptionalInt.of(40)));
    narrator.scenario("exact", 0).says("hello");
    narrator.ended(Results.valid("outcome.exact"), progress(OptionalInt.of(40)));
    narrator.summary(RunResult.of(Results.RUN, List.of()), Path.of("told"));
    assertThat(printed().replace("\r\u001b[K", "<"))
        .isEqualTo(
            "<%1$s<[exact] hello\n%1$s<[run] outcome.exact  VALID  1.5 s\n%1$s<"
                    .formatted(
                        "14 of 40 done (1 INVALID, 2 UNKNOWN), 4 running, 22 left, 133 s: race.a 31 s, …")
                + """

                UNKNOWN: no scenario in 0.0 s, run wq-20261122-101502-k3f9
                Page: told/index.html
                Result: told/result.json
                """);
  }

  @Test
  void keepsALineUpToDateOnlyWhereAPersonLooks() {
    Map<String, String> terminal = Map.of("TERM", "xterm");
    assertThat(Narrator.liveWidth(true, terminal)).isEqualTo(79);
    assertThat(Narrator.liveWidth(true, Map.of("TERM", "xterm", "COLUMNS", "120"))).isEqualTo(119);
    assertThat(Narrator.liveWidth(true, Map.of("TERM", "xterm", "COLUMNS", "wide"))).isEqualTo(79);
    assertThat(Narrator.liveWidth(false, terminal)).isZero();
    assertThat(Narrator.liveWidth(true, Map.of("TERM", "dumb"))).isZero();
    assertThat(Narrator.liveWidth(true, Map.of())).isZero();
    assertThat(Narrator.liveWidth(true, Map.of("TERM", "xterm", "CI", "true"))).isZero();
  }

  @Test
  void keepsTheVerdictInSightAfterALongRun() {
    List<ScenarioResult> scenarios = new ArrayList<>();
    for (int i = 10; i < 30; i++) {
      scenarios.add(Results.valid("outcome.a" + i));
    }
    scenarios.add(Results.unknown("outcome.b"));
    narrator(Ink.PLAIN).summary(RunResult.of(Results.RUN, scenarios), Path.of("told"));
    assertThat(printed())
        .isEqualTo(
            """

            UNKNOWN: 21 scenarios in 0.0 s, run wq-20261122-101502-k3f9
              outcome.b  UNKNOWN       2.0 s
                  The cluster did not start.
              20 more scenarios VALID
            Page: told/index.html
            Result: told/result.json
            """);
  }

  @Test
  void tellsEachCauseOnceOfMoreThanFitTheScreen() {
    List<ScenarioResult> scenarios = new ArrayList<>();
    for (int i = 10; i < 32; i++) {
      scenarios.add(Results.unknown("outcome.a" + i));
    }
    narrator(Ink.PLAIN).summary(RunResult.of(Results.RUN, scenarios), Path.of("told"));
    assertThat(printed())
        .contains("  outcome.a29  UNKNOWN       2.0 s\n      The cluster did not start.\n")
        .doesNotContain("  outcome.a30")
        .endsWith(
            """
              2 more scenarios UNKNOWN
            What is wrong:
              The cluster did not start. (outcome.a10, outcome.a11, outcome.a12, outcome.a13, outcome.a14 and 17 more)
            Page: told/index.html
            Result: told/result.json
            """);
  }

  private static RunProgress progress(OptionalInt planned) {
    return new RunProgress(
        List.of(
            new RunProgress.Running("race.a", Duration.ofSeconds(31)),
            new RunProgress.Running("race.b", Duration.ofSeconds(12)),
            new RunProgress.Running("race.c", Duration.ofSeconds(4)),
            new RunProgress.Running("race.d", Duration.ofSeconds(1))),
        Map.of(Verdict.VALID, 10, Verdict.INVALID, 1, Verdict.UNKNOWN, 2),
        1,
        planned,
        Duration.ofMillis(133_900));
  }

  @Test
  void summarisesTheRun() throws Exception {
    Files.createDirectory(reports.resolve("diagnostics"));
    RunResult result =
        RunResult.of(
            Results.RUN.after(196.81),
            List.of(
                Results.valid("outcome.exact").asRepetition(1),
                Results.unknown("outcome.exact").asRepetition(2),
                Results.invalid("walkthrough.classic")));
    narrator(Ink.PLAIN).summary(result, reports);
    assertThat(printed())
        .isEqualTo(
            """

            INVALID: 3 scenarios in 196.8 s, run wq-20261122-101502-k3f9
              outcome.exact #1     VALID         1.5 s
              outcome.exact #2     UNKNOWN       2.0 s
                  The cluster did not start.
              walkthrough.classic  INVALID     183.3 s
                  start-broker: No AMQP login at amqp://guest:***@rabbitmq-service:5672
            Now and then: outcome.exact was VALID in 1 of 2 runs
            Page: %1$s/index.html
            Result: %1$s/result.json
            Diagnostics: %1$s/diagnostics
            """
                .formatted(reports));
  }

  @Test
  void tellsEachCauseOnceWithTheScenariosThatMetIt() {
    Finding lost =
        new Finding(
            FindingCode.LOST_ITEMS,
            Finding.Role.ROOT,
            "2 items are gone.",
            List.of(),
            List.of(),
            List.of());
    List<ScenarioResult> scenarios = new ArrayList<>();
    for (String id : List.of("a", "b", "c", "d", "e", "f")) {
      scenarios.add(
          ScenarioResult.builder("outcome." + id, "Something happens")
              .verdict(Verdict.INVALID)
              .message("It is wrong.")
              .findings(List.of(lost))
              .build());
    }
    narrator(Ink.PLAIN).summary(RunResult.of(Results.RUN, scenarios), Path.of("told"));
    assertThat(printed())
        .contains(
            """
            What is wrong:
              LOST_ITEMS: 2 items are gone. (outcome.a, outcome.b, outcome.c, outcome.d, outcome.e and 1 more)
            Page: told/index.html
            """);
  }

  @Test
  void summarisesARunOfOneAndOfNone() {
    Narrator narrator = narrator(Ink.PLAIN);
    narrator.summary(
        RunResult.of(Results.RUN, List.of(Results.valid("outcome.exact"))), Path.of("told"));
    narrator.summary(RunResult.of(Results.RUN, List.of()), Path.of("told"));
    assertThat(printed())
        .isEqualTo(
            """

            VALID: 1 scenario in 0.0 s, run wq-20261122-101502-k3f9
              outcome.exact  VALID         1.5 s
            Page: told/index.html
            Result: told/result.json

            UNKNOWN: no scenario in 0.0 s, run wq-20261122-101502-k3f9
            Page: told/index.html
            Result: told/result.json
            """);
  }

  @Test
  void coloursOnATerminal() {
    Narrator narrator = narrator(Ink.COLOURED);
    ScenarioNarration classic = narrator.scenario("c", 3);
    classic.ends(1, StepResult.passed("a", 1, List.of()));
    classic.ends(2, StepResult.failed("b", 1, List.of(), "no"));
    classic.ends(3, StepResult.notRun("c"));
    narrator.summary(
        RunResult.of(Results.RUN, List.of(Results.valid("outcome.exact"))), Path.of("told"));
    assertThat(printed().replace('\u001b', '^'))
        .isEqualTo(
            """
            [c] 1/3 a  ^[32mpassed^[0m  1.0 s
            [c] 2/3 b  ^[31mfailed^[0m  1.0 s
            [c]     no
            [c] 3/3 c  ^[33mnot-run^[0m

            ^[32mVALID^[0m: 1 scenario in 0.0 s, run wq-20261122-101502-k3f9
              outcome.exact  ^[32mVALID  ^[0m       1.5 s
            Page: told/index.html
            Result: told/result.json
            """);
  }

  @Test
  void coloursNowhereElse() {
    assertThat(Ink.of(true, Map.of())).isEqualTo(Ink.COLOURED);
    assertThat(Ink.of(true, Map.of("NO_COLOR", ""))).isEqualTo(Ink.COLOURED);
    assertThat(Ink.of(true, Map.of("NO_COLOR", "1"))).isEqualTo(Ink.PLAIN);
    assertThat(Ink.of(false, Map.of())).isEqualTo(Ink.PLAIN);
  }

  @Test
  void aRecordSaysAll() {
    RecordedNarration recorded = new RecordedNarration();
    ScenarioNarration one = recorded.scenario("classic", 2);
    one.begins(1, "a", "does a");
    one.waits("a", "not yet", Duration.ZERO, Duration.ZERO);
    one.says("hello");
    one.ends(1, StepResult.passed("a", 1, List.of()));
    recorded.summary(RunResult.of(Results.RUN, List.of()), reports);
    assertThat(recorded.told())
        .containsExactly(
            "classic: begins 1/2 a",
            "classic: waits for a: not yet",
            "classic: says hello",
            "classic: ends 1/2 a passed",
            "summary: UNKNOWN");
  }

  private Narrator narrator(Ink ink) {
    return narrator(ink, 0);
  }

  private Narrator narrator(Ink ink, int liveWidth) {
    return new Narrator(
        new PrintStream(printed, true, StandardCharsets.UTF_8), ink, liveWidth, nanos::get);
  }

  private void pass(int seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
