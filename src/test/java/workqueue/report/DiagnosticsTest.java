package workqueue.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosticsTest {
  @TempDir Path reports;
  private final AssertionError failure = new AssertionError("the Job is not complete");

  @Test
  void writesTextsWithoutPasswords() {
    Diagnostics diagnostics = new Diagnostics(reports.resolve("missing"), "outcome.exact");
    Optional<Path> file =
        diagnostics.collect(failure, "job.yaml", () -> "url: amqp://guest:secret@host/日本\n");
    assertThat(file).contains(reports.resolve("missing/diagnostics/outcome.exact/job.yaml"));
    assertThat(file.orElseThrow()).hasContent("url: amqp://guest:***@host/日本\n");
    assertThat(diagnostics.folder())
        .isEqualTo(reports.resolve("missing/diagnostics/outcome.exact"));
    assertThat(failure.getSuppressed()).isEmpty();
  }

  @Test
  void namesFilesSoThatTheyStayInTheFolder() {
    assertThat(Diagnostics.safe("../../etc/passwd")).isEqualTo("etc_passwd");
    assertThat(Diagnostics.safe("pod job-wq-1-x2x7k/c (previous).log"))
        .isEqualTo("pod_job-wq-1-x2x7k_c_previous_.log");
    assertThat(Diagnostics.safe("..")).isEqualTo("unnamed");
    assertThat(Diagnostics.safe("日本")).isEqualTo("unnamed");
    assertThat(Diagnostics.safe("a".repeat(300) + ".log")).hasSize(120).endsWith("a.log");
  }

  @Test
  void keepsBothOfTwoFilesOfOneName() {
    Diagnostics diagnostics = new Diagnostics(reports, "outcome.exact");
    diagnostics.collect(failure, "a/log.txt", () -> "first");
    diagnostics.collect(failure, "a_log.txt", () -> "second");
    diagnostics.collect(failure, "events", () -> "first");
    diagnostics.collect(failure, "events", () -> "second");
    assertThat(diagnostics.folder().resolve("a_log.txt")).hasContent("first");
    assertThat(diagnostics.folder().resolve("a_log-2.txt")).hasContent("second");
    assertThat(diagnostics.folder().resolve("events-2")).hasContent("second");
  }

  @Test
  void addsTroubleToTheFailureAndGoesOn() {
    Diagnostics diagnostics = new Diagnostics(reports, "outcome.exact");
    IOException gone = new IOException("amqp://u:p@broker is gone");
    assertThat(
            diagnostics.collect(
                failure,
                "queues.txt",
                () -> {
                  throw gone;
                }))
        .isEmpty();
    assertThat(diagnostics.collect(failure, "pods.yaml", () -> "pods")).isPresent();
    assertThat(failure.getSuppressed()).hasSize(1);
    assertThat(failure.getSuppressed()[0])
        .hasMessage("Cannot collect queues.txt for the diagnostics: amqp://u:***@broker is gone")
        .hasCause(gone);
    assertThat(failure).hasMessage("the Job is not complete");
  }

  @Test
  void addsItsOwnTroubleToo() throws IOException {
    Files.writeString(reports.resolve("diagnostics"), "a file in its place");
    assertThat(new Diagnostics(reports, "outcome.exact").collect(failure, "job.yaml", () -> "job"))
        .isEmpty();
    assertThat(failure.getSuppressed()[0])
        .hasMessageStartingWith("Cannot collect job.yaml for the diagnostics: ");
  }

  @Test
  void keepsAnInterruption() {
    new Diagnostics(reports, "outcome.exact")
        .collect(
            failure,
            "job.yaml",
            () -> {
              throw new InterruptedException();
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.getSuppressed()).hasSize(1);
  }
}
