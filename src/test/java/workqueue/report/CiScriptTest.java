package workqueue.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;

/** Runs the script that workflows call, with a Maven that leaves a result behind. */
class CiScriptTest {
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      printf '%s\\n' "$@" >>"$CALLS"
      case $* in
        *allure:report*)
          mkdir -p reports/allure-report/history
          cat reports/allure-results/history/trend 2>/dev/null >reports/allure-report/history/trend
          echo run >>reports/allure-report/history/trend
          ;;
        *) cp -R "$LEAVES/." reports/ ;;
      esac
      exit 1
      """
          .replace("exit 1\n", "[[ $* != *verify* ]]\n");

  @TempDir Path folder;
  private Path checkout;
  private Path leaves;

  /** What the script did. */
  private record Said(int code, String out, String err) {}

  @BeforeEach
  void checkOut() throws IOException {
    checkout = folder.resolve("harness");
    leaves = Files.createDirectories(folder.resolve("leaves"));
    Files.createDirectories(checkout.resolve("fixtures"));
    Files.createDirectories(checkout.resolve("reports"));
    for (String script : List.of("ci", "verdict")) {
      Path copy = checkout.resolve("fixtures").resolve(script);
      Files.copy(Path.of("fixtures", script), copy);
      assertThat(copy.toFile().setExecutable(true)).isTrue();
    }
    program(
        checkout.resolve("fixtures/bootstrap"),
        "#!/usr/bin/env bash\necho bootstrap >>\"$CALLS\"\n");
    program(Files.createDirectories(folder.resolve("bin")).resolve("mvn"), MAVEN);
  }

  @Test
  void triesAWorkerAndTellsThatAllIsWell() throws Exception {
    leave(Results.valid("gate.takes-one-item"));
    Path worker = Files.createDirectories(folder.resolve("worker"));
    Said said =
        run(
            Map.of(),
            "--context",
            worker.toString(),
            "--evidence",
            "log:done (.*)",
            "--",
            "-Dwq.gate.poison=a b");
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    assertThat(said.out()).startsWith("## VALID\n").endsWith("VALID\n");
    assertThat(calls())
        .containsExactly(
            "bootstrap",
            "-B",
            "-ntp",
            "verify",
            "-Pgate",
            "-Dwq.worker.context=" + worker.toRealPath(),
            "-Dwq.worker.evidence=log:done (.*)",
            "-Dwq.gate.poison=a b");
  }

  @Test
  void takesTheFileOfAWorkerThatHasOne() throws Exception {
    leave(Results.valid("gate.takes-one-item"));
    Path worker = Files.createDirectories(folder.resolve("worker"));
    Files.writeString(worker.resolve("work-queue.yaml"), "");
    run(Map.of(), "--context", worker.toString());
    assertThat(calls())
        .contains("-Dwq.gate.file=" + worker.toRealPath().resolve("work-queue.yaml"));
  }

  @Test
  void annotatesEachCauseOnGitHub() throws Exception {
    leave(
        broken("gate.takes-one-item", FindingCode.HOARDED_ITEMS, "it holds 100 % of them"),
        broken("outcome.exact", FindingCode.NODE_LOST, "node a is gone"));
    Path summary = folder.resolve("summary");
    Said said =
        run(
            Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", summary.toString()),
            "--worker-image",
            "worker:1");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out().lines())
        .containsExactly(
            "INVALID: gate.takes-one-item (INVALID), outcome.exact (INVALID)",
            "::error::HOARDED_ITEMS: it holds 100 %25 of them (takes-one-item). To do: ask for one"
                + " item, by a prefetch of 1 or one get, and ack it after the work",
            "::error::NODE_LOST: node a is gone (outcome.exact)");
    assertThat(summary).content().startsWith("## INVALID\n").contains("<details>");
    assertThat(calls()).contains("-Dwq.worker.image=worker:1");
  }

  @Test
  void warnsWhereNothingCouldBeSeen() throws Exception {
    leave(Results.unknown("gate.takes-one-item"));
    Said said = run(Map.of("GITHUB_ACTIONS", "true"));
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.out())
        .endsWith("::warning::The cluster did not start. (gate.takes-one-item)\n");
  }

  @Test
  void takesNoEarlierResultForThisOne() throws Exception {
    Files.writeString(checkout.resolve("reports/result.json"), "{\"verdict\": \"VALID\"}");
    Said said = run(Map.of());
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.out()).contains("no run got as far as its first test");
  }

  @Test
  void keepsTheHistoryOfReports() throws Exception {
    leave(Results.valid("gate.takes-one-item"));
    Files.createDirectories(leaves.resolve("allure-results"));
    Path history = folder.resolve("kept/history");
    for (int i = 0; i < 2; i++) {
      assertThat(run(Map.of(), "--history", history.toString()).code()).isZero();
      for (String made : List.of("allure-results/history", "allure-report/history")) {
        delete(checkout.resolve("reports").resolve(made));
      }
    }
    assertThat(history.resolve("trend")).hasContent("run\nrun");
  }

  @Test
  void needsNoImagesToJudge() throws Exception {
    leave(Results.valid("race.acked-not-exited"));
    run(Map.of(), "--profile", "judge", "--", "-Dwq.history=race.ndjson");
    assertThat(calls()).doesNotContain("bootstrap").contains("-Pjudge");
  }

  @Test
  void refusesWhatItCannotUse() throws Exception {
    assertThat(run(Map.of(), "--frobnicate"))
        .isEqualTo(
            new Said(2, "", "fixtures/ci: unknown option --frobnicate; see fixtures/ci --help\n"));
    assertThat(run(Map.of(), "--context"))
        .isEqualTo(
            new Said(2, "", "fixtures/ci: --context wants a value; see fixtures/ci --help\n"));
    assertThat(run(Map.of(), "--context", "none"))
        .isEqualTo(
            new Said(2, "", "fixtures/ci: there is no folder none; see fixtures/ci --help\n"));
    assertThat(run(Map.of(), "--context", ".", "--worker-image", "a"))
        .isEqualTo(
            new Said(
                2,
                "",
                "fixtures/ci: a worker is an image or a folder, not both; see fixtures/ci --help\n"));
    assertThat(folder.resolve("calls")).doesNotExist();
  }

  @Test
  void theActionCallsItWithOptionsThatItKnows() throws Exception {
    Object action =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(Path.of("action.yml")));
    String called = ((Map<?, ?>) ((Map<?, ?>) action).get("runs")).get("steps").toString();
    assertThat(called).contains("fixtures/ci");
    String help = run(Map.of(), "--help").out();
    for (String option :
        List.of("--profile", "--worker-image", "--context", "--evidence", "--history")) {
      assertThat(called).contains(option);
      assertThat(help).contains(option);
    }
  }

  private static ScenarioResult broken(String id, FindingCode code, String message) {
    return ScenarioResult.builder(id, "Something happens")
        .verdict(Verdict.INVALID)
        .message("It is wrong.")
        .findings(
            List.of(new Finding(code, Finding.Role.ROOT, message, List.of(), List.of(), List.of())))
        .build();
  }

  private void leave(ScenarioResult... scenarios) {
    RunReport report = RunReport.begin(leaves, Results.RUN);
    List.of(scenarios).forEach(report::add);
    report.finish();
  }

  private static void program(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  private Said run(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(checkout.resolve("fixtures/ci").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
    process.environment().keySet().removeIf(each -> each.startsWith("GITHUB_"));
    process.environment().putAll(environment);
    process.environment().put("CALLS", folder.resolve("calls").toString());
    process.environment().put("LEAVES", leaves.toString());
    process.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    Path err = Files.createTempFile(folder, "err", "");
    Process running = process.redirectError(err.toFile()).start();
    String out = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(running.waitFor(), out, Files.readString(err));
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (var all = Files.walk(tree)) {
        all.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
      }
    }
  }
}
