package workqueue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar by itself: in an empty folder, with nothing of the checkout, and without Docker. */
class JarIT {
  private static final Path JAR = Path.of("target", "work-queue.jar").toAbsolutePath();
  private static final long MINUTES = 3;
  private static final long MOST_BYTES = 60L << 20;

  @TempDir Path folder;
  private Path here;
  private Path cache;

  private record Ended(int code, String output) {}

  @BeforeEach
  void begin() throws IOException {
    here = Files.createDirectory(folder.resolve("here"));
    cache = folder.resolve("cache");
  }

  private Ended run(String... args) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString()));
    command.addAll(List.of(args));
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(here.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().remove("CLASSPATH");
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    builder.environment().put("DOCKER_HOST", "unix:///no/such.sock");
    builder.environment().put("NO_COLOR", "1");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      process.destroy();
    }
    return new Ended(process.exitValue(), Files.readString(output));
  }

  @Test
  void judgesAHistoryByTheExitCode() throws Exception {
    Histories.write(folder.resolve("sound.ndjson"), "VALID");
    Histories.write(folder.resolve("wrong.ndjson"), "INVALID");
    Ended sound = run("judge", "../sound.ndjson");
    assertThat(sound.output()).startsWith("\nVALID: 1 scenario in ");
    assertThat(sound.code()).isZero();
    assertThat(here.resolve("reports"))
        .isDirectoryContaining("glob:**/result.json")
        .isDirectoryContaining("glob:**/summary.md")
        .isDirectoryContaining("glob:**/index.html")
        .isDirectoryContaining("glob:**/junit")
        .isDirectoryContaining("glob:**/allure-results");
    assertThat(run("judge", "--reports", "r", "../wrong.ndjson").code()).isEqualTo(1);
    assertThat(here.resolve("r/result.json")).exists();
  }

  /** What the README tells a newcomer to try first. */
  @Test
  void showsARecordedRaceWithinHalfAMinute() throws Exception {
    long began = System.nanoTime();
    Ended judged =
        run("judge", Path.of("fixtures", "examples", "race.ndjson").toAbsolutePath().toString());
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    assertThat(judged.code()).as(judged.output()).isZero();
    assertThat(judged.output()).endsWith("Page: reports/index.html\nResult: reports/result.json\n");
    assertThat(here.resolve("reports/index.html"))
        .content()
        .contains("ACKED_BUT_NOT_REPORTED", "id=\"history-0\">H4sI");
  }

  @Test
  void saysWhatItIs() throws Exception {
    Ended told = run("--version");
    assertThat(told.code()).isZero();
    assertThat(told.output())
        .containsPattern(
            "^work-queue \\S+, commit \\S+\nfixtures sha256:[0-9a-f]{64}\nlibraries JUnit ")
        .doesNotContain("${");
  }

  @Test
  void carriesItsFixtures() throws Exception {

    Ended told = run("bootstrap", "--help");
    assertThat(told.output()).startsWith("Usage: fixtures/bootstrap ");
    assertThat(told.code()).isZero();
    try (var roots = Files.list(cache.resolve("work-queue/fixtures"))) {
      Path root = roots.toList().get(0);
      assertThat(root.resolve("job.yaml")).hasSameBinaryContentAs(Path.of("fixtures/job.yaml"));
      assertThat(root.resolve("bootstrap")).isExecutable();
      assertThat(root.resolve("images.properties")).doesNotExist();
    }
  }

  @Test
  void refusesWhatItCannotUseAndMakesNothing() throws Exception {
    Ended told = run("gate", "--worker-image", "x", "--items=many");
    assertThat(told)
        .isEqualTo(
            new Ended(
                2,
                """
                Nothing was started, for the parameters cannot be used:
                  1. --items=many: allowed is a whole number from 0 to 2147483647.
                """));
    assertThat(here).isEmptyDirectory();
  }

  @Test
  void logsWhatMavensRunsLog() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getEntry("simplelogger.properties")).isNotNull();
    }
  }

  @Test
  void isSmallAndHasItsChecksum() throws Exception {
    assertThat(Files.size(JAR)).isLessThanOrEqualTo(MOST_BYTES);
    String sum =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(JAR)));
    assertThat(JAR.resolveSibling("work-queue.jar.sha256")).hasContent(sum + " *work-queue.jar");
  }
}
