package workqueue.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says of how far it is, from the whole of a run that needs no Docker engine. */
class ScenarioPlanTest {
  private static final Path RACE = Path.of("fixtures/examples/race.ndjson");

  @TempDir Path folder;
  private SuiteProcess suite;

  @BeforeEach
  void begin() throws IOException {
    suite = new SuiteProcess(folder.resolve("work"));
  }

  @Test
  void countsHistories() throws Exception {
    SuiteProcess.Outcome outcome =
        suite
            .suite("workqueue.JudgeIT")
            .with("wq.history", races(folder, "race.a", "race.b", "race.c").toString())
            .run();
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    assertThat(progress(outcome))
        .hasSize(3)
        .allMatch(
            each ->
                each.matches(
                    "\\[run] race\\.[abc]  VALID  \\d+\\.\\d s   [123] of 3 done, [012] running,"
                        + " [012] left, \\d+ s"));
    assertThat(progress(outcome).get(2)).contains("   3 of 3 done, 0 running, 0 left, ");
  }

  @Test
  void countsTheScenariosThatWereChosen() throws Exception {
    SuiteProcess.Outcome outcome =
        suite
            .suite("workqueue.OutcomeIT")
            .with("wq.scenario", "outcome.exact,outcome.e*d")
            .with("wq.repeat", "2")
            .with("wq.kubernetes", "newest")
            .environment("DOCKER_HOST", "tcp://127.0.0.1:1")
            .run();
    assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
    assertThat(progress(outcome))
        .hasSize(4)
        .allMatch(
            each ->
                each.matches(
                    "\\[run] outcome\\.(exact|expired)( #2)?  UNKNOWN  \\d+\\.\\d s   [1234] of 4"
                        + " done \\([1234] UNKNOWN\\), [01] running, [0123] left, \\d+ s"));
  }

  /** A folder with a recorded race under several names. */
  static Path races(Path folder, String... names) throws IOException {
    Path histories = Files.createDirectories(folder.resolve("histories"));
    for (String name : names) {
      Files.writeString(
          histories.resolve(name + ".ndjson"),
          Files.readString(RACE)
              .replace("\"scenario\":\"race.acked-not-exited\"", "\"scenario\":\"" + name + "\""));
    }
    return histories;
  }

  private static List<String> progress(SuiteProcess.Outcome outcome) {
    return outcome.output().lines().filter(each -> each.startsWith("[run] ")).toList();
  }
}
