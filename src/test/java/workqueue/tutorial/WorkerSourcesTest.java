package workqueue.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkerSourcesTest {
  private final Fixtures fixtures = Fixtures.ofRepository();

  @Test
  void areExecutable() {
    assertThat(fixtures.workerProgram()).isExecutable();
  }

  @Test
  void buildTheDocumentedImage() throws IOException {
    List<String> dockerfile = Files.readAllLines(fixtures.workerContext().resolve("Dockerfile"));
    assertThat(dockerfile)
        .contains(
            "ARG BASE=" + Edition.CURRENT.baseImage(),
            "FROM ${BASE}",
            "COPY worker.py /worker.py",
            "CMD /usr/bin/amqp-consume --url=$BROKER_URL -q $QUEUE -c 1 /worker.py");
    List<String> packages =
        Edition.CURRENT.packages().stream().filter(each -> !each.equals("dnsutils")).toList();
    assertThat(String.join("\n", dockerfile))
        .contains("--no-install-recommends")
        .contains(String.join(" ", packages))
        .doesNotContain("dnsutils");
  }

  @Test
  void nameTheFirstLineOnly() throws Exception {
    assertThat(run("apple\nbanana\n")).isEqualTo(new Outcome(0, "Processing apple\n"));
    assertThat(run("apple")).isEqualTo(new Outcome(0, "Processing apple\n"));
    assertThat(run("\n")).isEqualTo(new Outcome(0, "Processing \n"));
  }

  @Test
  void failOnEmptyInput() throws Exception {
    assertThat(run("")).isEqualTo(new Outcome(1, "no item: the input is empty\n"));
  }

  @Test
  void readAllOfALongInput() throws Exception {
    assertThat(run("apple\n" + "x".repeat(1_000_000)))
        .isEqualTo(new Outcome(0, "Processing apple\n"));
  }

  private record Outcome(int status, String output) {}

  private Outcome run(String input) throws IOException, InterruptedException {
    assumePython();
    ProcessBuilder builder =
        new ProcessBuilder(fixtures.workerProgram().toAbsolutePath().toString());
    builder.redirectErrorStream(true).environment().put("WORKER_SECONDS", "0");
    Process worker = builder.start();
    try (var stdin = worker.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(worker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Outcome(worker.exitValue(), output);
  }

  private static void assumePython() throws InterruptedException {
    try {
      Process python =
          new ProcessBuilder("python3", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assumeTrue(python.waitFor() == 0, "python3 does not run here");
    } catch (IOException absent) {
      assumeTrue(false, "python3 is not here");
    }
  }
}
