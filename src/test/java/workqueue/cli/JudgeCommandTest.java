package workqueue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;
import workqueue.checker.claim.Verdict;

class JudgeCommandTest {
  @TempDir Path folder;
  private Path reports;

  @BeforeEach
  void choose() {
    reports = folder.resolve("reports");
  }

  private Called judge(Path... histories) {
    String[] args = new String[histories.length + 2];
    args[0] = "judge";
    args[1] = "--reports=" + reports;
    for (int i = 0; i < histories.length; i++) {
      args[i + 2] = histories[i].toString();
    }
    return Called.with(args);
  }

  private JsonNode result() throws IOException {
    return new ObjectMapper().readTree(reports.resolve("result.json").toFile());
  }

  @Test
  void endsWith0WhereAllIsAsExpected() throws IOException {
    assertThat(judge(Histories.write(folder.resolve("outcome.told.ndjson"), "VALID")))
        .isEqualTo(new Called(0, "", ""));
    assertThat(result().path("verdict").asText()).isEqualTo("VALID");
    assertThat(result().path("scenarios")).hasSize(1);
    assertThat(reports.resolve("summary.md")).content().startsWith("## VALID\n");
    assertThat(reports.resolve("junit/TEST-junit-jupiter.xml"))
        .content()
        .contains("tests=\"1\" skipped=\"0\" failures=\"0\" errors=\"0\"");
  }

  @Test
  void endsWith1WhereSomethingIsNot() throws IOException {
    Called called = judge(Histories.write(folder.resolve("outcome.told.ndjson"), "INVALID"));
    assertThat(called.code()).isEqualTo(1);
    assertThat(called.err()).startsWith("outcome.told.ndjson: ");
    assertThat(result().path("verdict").asText()).isEqualTo("INVALID");
  }

  @Test
  void endsWith2WhereNothingWasSeen() throws IOException {
    Called called = judge(Histories.ofAnotherQueue(folder.resolve("outcome.told.ndjson")));
    assertThat(called.code()).isEqualTo(2);
    assertThat(result().path("verdict").asText()).isEqualTo("UNKNOWN");
  }

  @Test
  void endsWith2WhereAHistoryCannotBeRead() throws IOException {
    Path nonsense = Files.writeString(folder.resolve("a.ndjson"), "nonsense\n");
    Called called = judge(nonsense);
    assertThat(called.code()).isEqualTo(2);
    assertThat(called.err())
        .isEqualTo(
            """
            a.ndjson: %s, line 1: this is no history: it does not begin with {"history":"work-queue",…}.
            Name a history, as in reports/histories: java -jar work-queue.jar judge <file>
            """
                .formatted(nonsense));
  }

  @Test
  void judgesFilesAndFolders() throws IOException {
    Path below = Files.createDirectory(folder.resolve("below"));
    Histories.write(below.resolve("a.ndjson"), "VALID");
    Path second = Histories.write(folder.resolve("b.ndjson"), "INVALID");
    assertThat(judge(below, second).code()).isEqualTo(1);
    assertThat(result().path("scenarios")).hasSize(2);
  }

  @Test
  void leavesTheHistoriesInTheFolderThatItReportsTo() throws IOException {
    Path history =
        Histories.write(
            Files.createDirectories(reports.resolve("histories")).resolve("a.ndjson"), "VALID");
    Files.createFile(Files.createDirectories(reports.resolve("diagnostics")).resolve("old"));
    assertThat(judge(history).code()).isZero();
    assertThat(history).exists();
    assertThat(reports.resolve("diagnostics")).doesNotExist();
  }

  @Test
  void tellsWhatIsBehindAFailureOfTheLibraries() {
    assertThat(SuiteRun.words(new EnvironmentTrouble("No engine answers.")))
        .isEqualTo("No engine answers.");
    assertThat(
            SuiteRun.words(
                new IllegalStateException("closing", new EnvironmentTrouble("The disk is full."))))
        .isEqualTo("java.lang.IllegalStateException: closing\nThe disk is full.");
    Exception several = new IllegalStateException("closing");
    several.addSuppressed(new IOException("gone"));
    assertThat(SuiteRun.words(several))
        .isEqualTo("java.lang.IllegalStateException: closing\njava.io.IOException: gone");
  }

  @Test
  void countsWhatFailsBesideAValidResultAsUnknown() {
    assertThat(SuiteRun.exitCode(Optional.of(Verdict.VALID), false)).isZero();
    assertThat(SuiteRun.exitCode(Optional.of(Verdict.VALID), true)).isEqualTo(2);
    assertThat(SuiteRun.exitCode(Optional.of(Verdict.INVALID), true)).isEqualTo(1);
    assertThat(SuiteRun.exitCode(Optional.of(Verdict.UNKNOWN), true)).isEqualTo(2);
    assertThat(SuiteRun.exitCode(Optional.empty(), false)).isEqualTo(2);
  }
}
