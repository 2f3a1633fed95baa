package workqueue.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.Items;
import workqueue.history.ClaimSpec;
import workqueue.history.Environment;
import workqueue.history.Evidence;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.HistoryFile;

class AddToCorpusTest {
  private static final String DRAINED =
      """
      {"history":"outcome.told","claim":"drains","verdict":"VALID"}
      {"history":"outcome.told","finding":"ALL_PROCESSED","role":"ROOT"}
      """;

  @TempDir Path folder;
  private Path corpus;
  private Path run;

  /** What the tool did. */
  private record Said(int code, String out, String err) {}

  @BeforeEach
  void chooseFolders() {
    corpus = folder.resolve("corpus");
    run = folder.resolve("reports/histories");
  }

  /** A sound run that claims that the queue is drained. */
  private static History history(String version, String expected) {
    return history(version, new ClaimSpec("drains", Map.of("queue", "job1"), expected));
  }

  private static History history(String version, ClaimSpec claim) {
    return new History(
        new Header(
            "outcome.told",
            HistoryBuilder.START,
            new Environment(
                new Environment.Cluster("throwaway", "kubernetes", version, 1), null, null),
            Evidence.ofTutorial(),
            List.of(claim)),
        HistoryBuilder.soundRun(Items.ofTutorial(2)).history().events());
  }

  private Path recorded(String name, History history) {
    Path file = run.resolve(name + ".ndjson");
    HistoryFile.write(history, file);
    return file;
  }

  private Said add(String label, Path... given) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        new AddToCorpus(
                corpus, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
            .add(List.of(given), label);
    return new Said(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  private void refused(Path given, String message) throws IOException {
    assertThat(add("", given))
        .isEqualTo(new Said(1, "0 added, 1 refused\n", "refused " + message + "\n"));
    assertThat(corpus).doesNotExist();
  }

  @Test
  void addsARunUnderTheVersionThatItsHeadersName() throws IOException {
    Path newest = recorded("outcome.told", history("v1.37.2", "VALID"));
    recorded("outcome.told.oldest", history("v1.20.2+debian", "VALID"));

    assertThat(add("", run))
        .isEqualTo(
            new Said(
                0,
                """
                added %1$s/1.37.2/outcome.told.ndjson.gz
                added %1$s/1.20.2/outcome.told.oldest.ndjson.gz
                2 added, 0 refused
                """
                    .formatted(corpus),
                ""));
    Path kept = corpus.resolve("1.37.2/outcome.told.ndjson.gz");
    assertThat(Corpus.text(kept)).isEqualTo(Files.readString(newest));
    assertThat(corpus.resolve("1.37.2/expected.ndjson")).hasContent(DRAINED);
    assertThat(new Corpus(corpus).histories()).hasSize(2).contains(kept);
  }

  @Test
  void writesTheSameBytesForTheSameHistory() throws IOException {
    recorded("outcome.told", history("v1.37.2", "VALID"));
    add("", run);
    Path first = corpus;
    corpus = folder.resolve("second");
    add("", run);
    for (String file : List.of("1.37.2/outcome.told.ndjson.gz", "1.37.2/expected.ndjson")) {
      assertThat(corpus.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
    }
    // The four bytes of the time stamp.
    byte[] zipped = Files.readAllBytes(first.resolve("1.37.2/outcome.told.ndjson.gz"));
    assertThat(List.of(zipped[4], zipped[5], zipped[6], zipped[7])).containsOnly((byte) 0);
  }

  @Test
  void keepsTheOrderOfNamesWhateverIsAddedLater() throws IOException {
    add("", recorded("outcome.told", history("v1.37.2", "VALID")));
    add("", recorded("outcome.before", history("v1.37.2", "VALID")));
    assertThat(corpus.resolve("1.37.2/expected.ndjson"))
        .hasContent(DRAINED.replace("outcome.told", "outcome.before") + DRAINED);
  }

  @Test
  void refusesToOverwriteAndAddsTheOthers() throws IOException {
    Path file = recorded("outcome.told", history("v1.37.2", "VALID"));
    add("", run);
    Path kept = corpus.resolve("1.37.2/outcome.told.ndjson.gz");
    byte[] before = Files.readAllBytes(kept);
    recorded("outcome.told", history("v1.37.2+other", "VALID"));
    recorded("outcome.told.later", history("v1.37.2", "VALID"));

    assertThat(add("", run))
        .isEqualTo(
            new Said(
                1,
                "added " + corpus + "/1.37.2/outcome.told.later.ndjson.gz\n1 added, 1 refused\n",
                """
                refused %s: %s is there, and the corpus is never rewritten.
                Add it beside, if it shows something else: fixtures/record --label <what is different> %1$s
                """
                    .formatted(file, kept)));
    assertThat(kept).hasBinaryContent(before);
  }

  @Test
  void addsBesideWithALabel() throws IOException {
    recorded("outcome.told", history("v1.37.2", "VALID"));
    add("", run);
    assertThat(add("quorum", run))
        .isEqualTo(
            new Said(
                0,
                "added " + corpus + "/1.37.2/outcome.told.quorum.ndjson.gz\n1 added, 0 refused\n",
                ""));
    assertThat(corpus.resolve("1.37.2/expected.ndjson"))
        .hasContent(DRAINED + DRAINED.replace("outcome.told", "outcome.told.quorum"));
  }

  @Test
  void refusesADamagedHistory() throws IOException {
    Path file = recorded("outcome.told", history("v1.37.2", "VALID"));
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 5));
    refused(
        file,
        file
            + ", line "
            + text.lines().count()
            + ": the line does not end: the file was cut off.\n"
            + "Record it again: run the scenario, its history is written to reports/histories.");
  }

  @Test
  void refusesWhatIsNotAsItsScenarioExpects() throws IOException {
    Path file = recorded("outcome.told", history("v1.37.2", "INVALID"));
    refused(
        file,
        """
        %s: it is not as its scenario expects, and the corpus holds only what is.
          queue job1 is drained: holds, and it should not
            expected:   INVALID
            actual:     VALID
          outcome.told is INVALID: 0 of 1 claim is as expected
            ALL_PROCESSED (root): all 2 items were processed"""
            .formatted(file));
  }

  @Test
  void refusesAHistoryThatCannotBeJudged() throws IOException {
    Path file =
        recorded("outcome.told", history("v1.37.2", new ClaimSpec("drains", Map.of(), "VALID")));
    refused(
        file,
        """
        %s: its claims cannot be judged: The claim "drains" needs its "queue".
        Record it again with this version of the harness."""
            .formatted(file));
  }

  @Test
  void refusesAScenarioThatItsRunCallsNotValid() throws IOException {
    Path file = recorded("outcome.told", history("v1.37.2", "VALID"));
    Path result = folder.resolve("reports/result.json");
    Files.writeString(
        result,
        """
        {"scenarios":[
          {"id":"outcome.other","verdict":"INVALID"},
          {"id":"outcome.told","verdict":"UNKNOWN"}
        ]}
        """);
    refused(
        file,
        """
        %s: its scenario was not as expected, and the corpus holds only what was.
          %s: outcome.told is UNKNOWN"""
            .formatted(file, result));
  }

  @Test
  void addsAScenarioThatItsRunCallsValid() throws IOException {
    Path file = recorded("outcome.told", history("v1.37.2", "VALID"));
    Files.writeString(
        folder.resolve("reports/result.json"),
        """
        {"scenarios":[
          {"id":"outcome.other","verdict":"INVALID"},
          {"id":"outcome.told","verdict":"VALID"}
        ]}
        """);
    assertThat(add("", file).code()).isZero();
  }

  @Test
  void refusesAHistoryWhoseResultIsDamaged() throws IOException {
    Path file = recorded("outcome.told", history("v1.37.2", "VALID"));
    Path result = Files.writeString(folder.resolve("reports/result.json"), "{\"scenarios\":[");
    refused(
        file,
        """
        %s: the result of its run is damaged: %s
        Record it again: run the scenario."""
            .formatted(file, result));
  }

  @Test
  void refusesAHistoryOfAnUnknownVersion() throws IOException {
    Path file = recorded("outcome.told", history("latest", "VALID"));
    refused(
        file,
        """
        %s: its header names no Kubernetes version as in v1.37.2, but "latest".
        Record it again, on a cluster that tells its version."""
            .formatted(file));
  }

  @Test
  void refusesAFolderWithoutHistories() throws IOException {
    refused(
        folder,
        folder
            + ": there is no history, no file *.ndjson, in it.\n"
            + "Run a suite, for example mvn verify -Poutcome.");
  }

  @Test
  void refusesWhatIsNotThere() throws IOException {
    refused(run, run + ": there is no such file or folder.");
  }

  @Test
  void tellsWhichLineOfTheExpectationsIsDamaged() throws IOException {
    Path version = Files.createDirectories(corpus.resolve("1.37.2"));
    Path file = Files.writeString(version.resolve("expected.ndjson"), DRAINED + "{\n");
    assertThatThrownBy(() -> Expectations.in(version))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(file + ", line 3: this is no statement: ");
  }

  @Test
  void theScriptTellsHowItIsUsed() throws Exception {
    String help =
        """
        usage: fixtures/record [--label LABEL] [FOLDER|FILE]...

        Adds recorded histories to the corpus, src/test/resources/corpus, under the Kubernetes version that
        their headers name, with the verdicts and findings that they come to now.
        FOLDER is where a run left them; reports/histories of this project if left out.
        LABEL is set behind the names, to add a recording beside one that is there.

        Refused is a history that is damaged, that is not as its scenario expects, or whose name is there:
        the corpus is never rewritten. The others are added all the same.

        exit code
          0        all were added
          1        some were refused
          2        wrong usage, or the project cannot be built
        """;
    assertThat(script("--help")).isEqualTo(new Said(0, help, ""));
    assertThat(script("--force"))
        .isEqualTo(new Said(2, "", "fixtures/record: unknown option --force\n" + help));
    assertThat(script("--label", "../x"))
        .isEqualTo(new Said(2, "", "fixtures/record: a label consists of a-z, 0-9 and -\n" + help));
  }

  private Said script(String... arguments) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    List<String> command = new ArrayList<>(List.of("fixtures/record"));
    command.addAll(List.of(arguments));
    int code =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    return new Said(code, Files.readString(out), Files.readString(err));
  }
}
