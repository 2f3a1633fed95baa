package workqueue.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what CI runs, with a Maven and a bootstrap that do nothing but leave what they would. */
class CiRunTest {
  private static final String BOOTSTRAP =
      """
      #!/usr/bin/env bash
      echo "bootstrap $*" >>"$CALLS"
      [[ $* != --browser || $BROWSER == there ]] || exit 1
      printf 'newest.source=%s\\nnewest.cluster.image=a\\noldest.cluster.image=b\\n' "$SOURCE" >fixtures/images.properties
      """;
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo "mvn $*" >>"$CALLS"
      rm -rf reports/pages
      case $* in
        *-Ppages*)
          mkdir -p reports/pages
          echo picture >reports/pages/run-valid.png
          [[ $PAGES == pass ]]
          ;;
        *verify*) cp "$RESULT" reports/result.json ;;
      esac
      """;

  @TempDir Path folder;
  private Path checkout;
  private String source = "modules";

  /** What the script did. */
  private record Said(int code, String out) {
    /** The rows of the closing table, without their seconds. */
    List<String> rows() {
      String table = out.substring(out.lastIndexOf("\n\n") + 2);
      return table
          .lines()
          .map(each -> each.replaceAll("\\s+(\\d+|-) s$", "").replaceAll("\\s+", " "))
          .toList();
    }
  }

  @BeforeEach
  void checkOut() throws IOException {
    checkout = folder.resolve("harness");
    Files.createDirectories(checkout.resolve("reports"));
    for (String script : List.of(".ci/run", "fixtures/verdict")) {
      Path copy = checkout.resolve(script);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of(script), copy);
      assertThat(copy.toFile().setExecutable(true)).isTrue();
    }
    program(checkout.resolve("fixtures/bootstrap"), BOOTSTRAP);
    program(folder.resolve("bin/mvn"), MAVEN);
    RunReport report = RunReport.begin(folder.resolve("result"), Results.RUN);
    report.add(Results.valid("outcome.exact"));
    report.finish();
  }

  @Test
  void looksAtThePagesInABrowser() throws Exception {
    Said said = run("there", "pass");
    assertThat(said.code()).as(said.out()).isZero();
    assertThat(said.rows())
        .startsWith("bootstrap passed", "bootstrap oldest passed")
        .containsSubsequence("browser passed", "pages passed");
    assertThat(checkout.resolve("reports/pages/run-valid.png")).hasContent("picture");
    assertThat(Files.readAllLines(folder.resolve("calls")))
        .containsSubsequence("bootstrap --browser", "mvn -B verify -Ppages");
  }

  @Test
  void failsWithThePages() throws Exception {
    Said said = run("there", "fail");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.rows()).contains("pages exit 1");
    assertThat(checkout.resolve("reports/pages/run-valid.png")).exists();
  }

  @Test
  void saysThatNobodyLookedWhereThereIsNoBrowser() throws Exception {
    Said said = run("absent", "pass");
    assertThat(said.code()).as(said.out()).isZero();
    assertThat(said.rows()).containsSubsequence("browser exit 1", "pages not run");
    assertThat(Files.readAllLines(folder.resolve("calls"))).doesNotContain("mvn -B verify -Ppages");
  }

  @Test
  void triesWorkersWhoseClientCanBeHad() throws Exception {
    Said said = run("absent", "pass");
    assertThat(Files.readAllLines(folder.resolve("calls")))
        .contains(
            "mvn -B verify -Dwq.kubernetes=newest -Pworkers"
                + " -Dwq.scenario=workers.go-one*,workers.go-drain*");
    assertThat(checkout.resolve("target/ci/workers/result.json")).exists();
    assertThat(said.rows()).doesNotContain("workers newest not run");
  }

  @Test
  void saysThatNoWorkersWereTriedWhereTheirClientCannotBeHad() throws Exception {
    source = "registry";
    Said said = run("absent", "pass");
    assertThat(said.code()).as(said.out()).isZero();
    assertThat(said.rows()).contains("workers newest not run");
    assertThat(Files.readAllLines(folder.resolve("calls")))
        .noneMatch(call -> call.contains("-Pworkers"));
  }

  private Said run(String browser, String pages) throws Exception {
    ProcessBuilder script =
        new ProcessBuilder(checkout.resolve(".ci/run").toString()).redirectErrorStream(true);
    script.environment().remove("CI_ARTIFACTS");
    script.environment().merge("PATH", "", (path, none) -> folder.resolve("bin") + ":" + path);
    script.environment().put("CALLS", folder.resolve("calls").toString());
    script.environment().put("RESULT", folder.resolve("result/result.json").toString());
    script.environment().put("BROWSER", browser);
    script.environment().put("PAGES", pages);
    script.environment().put("SOURCE", source);
    Process process = script.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Said(process.exitValue(), out);
  }

  private static void program(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    assertThat(path.toFile().setExecutable(true)).isTrue();
  }
}
