package workqueue.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictScriptTest {
  private static final Path SCRIPT = Path.of("fixtures/verdict").toAbsolutePath();
  private static final String HELP =
      """
      usage: fixtures/verdict [FILE]

      Prints the verdict of the last run on one line, and which scenarios are to blame.
      FILE is the result file; reports/result.json of this project if left out.

      exit code  verdict
        0        VALID
        1        INVALID
        2        UNKNOWN; the file is missing, damaged or no result; wrong usage
      """;

  @TempDir Path folder;

  /** What the script did. */
  private record Said(int code, String out, String err) {}

  @Test
  void zeroForValid() throws Exception {
    assertThat(of(Results.outcome().build(), Results.valid("outcome.exact")))
        .isEqualTo(new Said(0, "VALID\n", ""));
  }

  @Test
  void oneForInvalidAndTellsWhichScenariosAreToBlame() throws Exception {
    assertThat(
            of(
                Results.invalid("walkthrough.classic"),
                Results.valid("outcome.exact"),
                Results.unknown("walkthrough.current")))
        .isEqualTo(
            new Said(
                1, "INVALID: walkthrough.classic (INVALID), walkthrough.current (UNKNOWN)\n", ""));
  }

  @Test
  void twoForUnknown() throws Exception {
    assertThat(of(Results.valid("outcome.exact"), Results.unknown("walkthrough.current")))
        .isEqualTo(new Said(2, "UNKNOWN: walkthrough.current (UNKNOWN)\n", ""));
  }

  @Test
  void twoBeforeTheFirstScenarioEnded() throws Exception {
    assertThat(of()).isEqualTo(new Said(2, "UNKNOWN: no scenario ended\n", ""));
  }

  @Test
  void twoForAMissingFile() throws Exception {
    Path missing = folder.resolve("result.json");
    assertThat(run(missing.toString()))
        .isEqualTo(
            new Said(
                2,
                "UNKNOWN: " + missing + " is missing: no run got as far as its first test\n",
                ""));
  }

  @Test
  void twoForAFolder() throws Exception {
    assertThat(run(folder.toString()))
        .isEqualTo(new Said(2, "UNKNOWN: " + folder + " cannot be read\n", ""));
  }

  @Test
  void findsTheResultOfItsOwnProjectFromAnywhere() throws Exception {
    Path script = folder.resolve("project/fixtures/verdict");
    Files.createDirectories(script.getParent());
    Files.copy(SCRIPT, script);
    new ResultFile(folder.resolve("project/reports"))
        .write(RunResult.of(Results.RUN, List.of(Results.valid("outcome.exact"))));
    assertThat(run(List.of("bash", script.toString()))).isEqualTo(new Said(0, "VALID\n", ""));
  }

  @Test
  void readsAnyOrderOfKeysAndIsNotFooledByTexts() throws Exception {
    String json =
        """
        {
          "scenarios": [
            {
              "title": "\\"verdict\\": \\"INVALID\\", \\\\",
              "claims": [
                {
                  "id": "x",
                  "verdict": "INVALID"
                }
              ],
              "verdict": "VALID",
              "environment": {},
              "id": "outcome.exact"
            }
          ],
          "verdict": "VALID",
          "run": {
            "verdict": "INVALID",
            "seconds": -1.5e-3,
            "x": null
          },
          "schema": 1
        }
        """;
    assertThat(ofText(json)).isEqualTo(new Said(0, "VALID\n", ""));
    assertThat(ofText(json.stripTrailing())).isEqualTo(new Said(0, "VALID\n", ""));
  }

  @Test
  void twoWhereverTheFileWasCutOff() throws Exception {
    String whole =
        ResultJson.of(RunResult.of(Results.RUN, List.of(Results.valid("outcome.exact"))));
    List<Integer> cuts = new ArrayList<>();
    for (int length = 0; length < whole.length() - 1; length += 23) {
      cuts.add(length);
    }
    cuts.add(whole.length() - 2);
    for (int length : cuts) {
      Said said = ofText(whole.substring(0, length));
      assertThat(said.code()).as("cut off after %s characters", length).isEqualTo(2);
      assertThat(said.out()).matches("UNKNOWN: .*(is damaged: line \\d+: .*|is empty)\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"verdict\": \"VALID\"     | \"verdict\": \"valid\"      | gives no verdict",
        "\"verdict\": \"VALID\"     | \"verdict\": \"INVALID      | is damaged: line 3: not the layout of a result",
        "\"verdict\": \"VALID\",    | \"verdict\": \"VALID\"      | is damaged: line 4: a comma is missing before it",
        "\"verdict\": \"VALID\",    | \"verdict\": null,          | gives no verdict",
        "\"verdict\": \"VALID\",    | \"other\": 1,               | gives no verdict",
        "\"verdict\"                | 'x'                         | is damaged: line 3: not the layout of a result",
        "\"verdict\": \"VALID\"     | \"VALID\"                   | is damaged: line 3: a key is missing",
        "\"schema\": 1              | \"schema\": 2               | is no result of schema 1",
        "\"run\": {                 | \"run\": [                  | is damaged: line 5: a key in a list",
        "\"git\": \"4bb87b3-dirty\" | \"git\": \"x\",             | is damaged: line 10: nothing follows the comma before it",
        "\"run\": {                 | '  \"run\": {'              | is damaged: line 4: 2 spaces expected before the value",
        "\"id\": \"outcome.exact\"  | \"id\": \"no id\"           | is damaged: line 25: the scenario has no id",
        "\"id\": \"outcome.exact\"  | \"ido\": \"outcome.exact\"  | is damaged: line 25: the scenario has no id",
        "\"suite\": \"outcome\"     | \"verdict\": \"VALID\"      | is damaged: line 25: scenario outcome.exact has no verdict",
        "\"scenarios\": [           | \"scenarios\": {            | is damaged: line 11: the scenarios are a list",
        "\"scenarios\": [           | \"scenario\": [             | does not list the scenarios once",
      })
  void twoForWhatIsDamaged(String part, String instead, String complaint) throws Exception {
    String json =
        """
        {
          "schema": 1,
          "verdict": "VALID",
          "run": {
            "id": "wq-1",
            "startedAt": "2026-11-22T10:15:02.123Z",
            "seconds": 0.0,
            "harness": "0.1.0",
            "git": "4bb87b3-dirty"
          },
          "scenarios": [
            {
              "id": "outcome.exact",
              "suite": "outcome",
              "title": "Something happens",
              "documents": [],
              "environment": {},
              "verdict": "VALID",
              "seconds": 1.5,
              "claims": [
                true
              ],
              "findings": [],
              "steps": []
            }
          ]
        }
        """;
    assertThat(json).contains(part);
    int at = json.indexOf(part);
    assertThat(ofText(json.substring(0, at) + instead + json.substring(at + part.length())))
        .isEqualTo(new Said(2, "UNKNOWN: " + folder + "/result.json " + complaint + "\n", ""));
  }

  @Test
  void twoForAVerdictThatItsScenariosContradict() throws Exception {
    String unknown =
        ResultJson.of(RunResult.of(Results.RUN, List.of(Results.unknown("outcome.exact"))));
    assertThat(ofText(unknown.replaceFirst("UNKNOWN", "VALID")))
        .isEqualTo(
            new Said(
                2,
                "UNKNOWN: "
                    + folder
                    + "/result.json says VALID, and not all scenarios are: outcome.exact"
                    + " (UNKNOWN)\n",
                ""));
    String nothing = ResultJson.of(RunResult.of(Results.RUN, List.of()));
    assertThat(ofText(nothing.replaceFirst("UNKNOWN", "VALID")))
        .isEqualTo(
            new Said(
                2,
                "UNKNOWN: " + folder + "/result.json says VALID, and no scenario was run\n",
                ""));
  }

  @Test
  void explainsItself() throws Exception {
    assertThat(run("--help")).isEqualTo(new Said(0, HELP, ""));
    assertThat(run("-h")).isEqualTo(new Said(0, HELP, ""));
    assertThat(run("--json"))
        .isEqualTo(new Said(2, "", "fixtures/verdict: unknown option --json\n" + HELP));
    assertThat(run("a", "b"))
        .isEqualTo(new Said(2, "", "fixtures/verdict: one file at most, not 2\n" + HELP));
  }

  private Said of(ScenarioResult... scenarios) throws Exception {
    ResultFile file = new ResultFile(folder);
    file.write(RunResult.of(Results.RUN, List.of(scenarios)));
    return run(file.path().toString());
  }

  private Said ofText(String json) throws Exception {
    return run(Files.writeString(folder.resolve("result.json"), json).toString());
  }

  private Said run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private Said run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int code = process.waitFor();
    return new Said(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
