package workqueue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import workqueue.history.HistoryBuilder;
import workqueue.history.HistoryFile;
import workqueue.history.Source;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.QueueDeclared;

class GateCommandTest {
  @TempDir Path folder;
  private Path file;
  private Path reports;

  @BeforeEach
  void choose() throws IOException {
    file = folder.resolve("work-queue.yaml");
    reports = folder.resolve("reports");
    Files.createDirectories(reports.resolve("histories"));
  }

  private String suggest(Map<String, String> given) {
    StringWriter said = new StringWriter();
    CommandLine all = CommandLines.of(new PrintWriter(said, true), new PrintWriter(said, true));
    all.parseArgs("gate", "--suggest=" + file);
    ((GateCommand) all.getSubcommands().get("gate").getCommandSpec().userObject())
        .suggest(given, reports);
    return said.toString();
  }

  private void recordWorkerThatDeclaresItsQueue() {
    HistoryBuilder told = new HistoryBuilder().publish("apple").job(1, 1);
    told.starts("pod-0").jobStatus();
    told.add(Source.WIRE, new ConnectionOpened("to-pod-0", "10.42.0.9", "pod-0"));
    told.add(Source.WIRE, new QueueDeclared("to-pod-0", 1, "hello", false, false, 0, 0));
    HistoryFile.write(
        told.history(), reports.resolve("histories").resolve("gate.preflight.ndjson"));
  }

  @Test
  void writesWhatWasDeclaredAndWhatWasSeen() {
    recordWorkerThatDeclaresItsQueue();
    assertThat(suggest(Map.of("wq.worker.image", "worker:1", "wq.worker.password", "s3cret")))
        .isEqualTo(
            """
            Written: %1$s
              image: worker:1
              queue: {name: hello, durable: false, declaredBy: worker}
            Left out, as it is secret: broker.password
            Next: java -jar work-queue.jar gate --gate-file=%1$s
            """
                .formatted(file));
    assertThat(file)
        .hasContent("image: worker:1\nqueue: {name: hello, durable: false, declaredBy: worker}\n");
  }

  @Test
  void saysThatNothingWasSeenBesides() {
    assertThat(suggest(Map.of("wq.worker.image", "worker:1")))
        .startsWith(
            "Written: "
                + file
                + ", what was declared; nothing was seen that the worker asks for besides\n");
  }

  @Test
  void writesNothingOfNothing() {
    assertThat(suggest(Map.of()))
        .isEqualTo(
            "Nothing was seen that the worker asks for, and nothing was declared: %s is not written.%n"
                .formatted(file));
    assertThat(file).doesNotExist();
  }

  @Test
  void overwritesNothing() throws IOException {
    Files.writeString(file, "image: worker:1\n");
    assertThat(Called.with("gate", "--suggest=" + file, "--reports=" + folder.resolve("r")))
        .isEqualTo(
            Called.refused(
                """
                --suggest=%s: the file is there, and nothing is overwritten. Name another: --suggest=<file>.
                Help: java -jar work-queue.jar gate --help
                """
                    .formatted(file)));
    assertThat(folder.resolve("r")).doesNotExist();
  }

  @Test
  void wantsAFolderThatIsThere() {
    Path nowhere = folder.resolve("no/such.yaml");
    assertThat(Called.with("gate", "--suggest=" + nowhere))
        .isEqualTo(
            Called.refused(
                """
                --suggest=%s: there is no folder %s to write the file into.
                Help: java -jar work-queue.jar gate --help
                """
                    .formatted(nowhere, nowhere.getParent())));
  }
}
