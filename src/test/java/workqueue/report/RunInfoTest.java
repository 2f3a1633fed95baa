package workqueue.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunInfoTest {
  @TempDir Path folder;

  @Test
  void hasAnIdThatTellsWhenAndFitsALabel() {
    Instant now = Instant.parse("2026-11-22T10:15:02.123456Z");
    RunInfo run = RunInfo.start(Clock.fixed(now, ZoneOffset.UTC), new Random(1), folder);
    assertThat(run.id()).matches("wq-20261122-101502-[a-z0-9]{4}").hasSizeLessThanOrEqualTo(63);
    assertThat(run.startedAt()).isEqualTo(Instant.parse("2026-11-22T10:15:02.123Z"));
    assertThat(run.seconds()).isZero();
    assertThat(run.harness()).isEqualTo("development");
    assertThat(run.git()).isEqualTo("unknown");
    assertThat(run.after(3.5))
        .isEqualTo(new RunInfo(run.id(), run.startedAt(), 3.5, "development", "unknown"));
  }

  @Test
  void differsFromOthersOfTheSameSecond() {
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    Random random = new Random(1);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      ids.add(RunInfo.start(clock, random, folder).id());
    }
    assertThat(ids).hasSize(20);
  }

  @Test
  void rejectsWhatIsNoLabelAndNoTime() {
    assertThatThrownBy(() -> new RunInfo("wq_1", Instant.EPOCH, 0, "", ""))
        .hasMessage("A run's id is a DNS label, not \"wq_1\".");
    assertThatThrownBy(() -> new RunInfo("wq-1", Instant.EPOCH, Double.NaN, "", ""))
        .hasMessage("Seconds are a number from 0 on, not NaN.");
  }

  @Test
  void readsTheVersionThatMavenPutsIntoTheJar() throws Exception {
    byte[] properties =
        "artifactId=work-queue-harness\nversion=0.1.0\n".getBytes(StandardCharsets.UTF_8);
    assertThat(HarnessVersion.read(new ByteArrayInputStream(properties))).isEqualTo("0.1.0");
    assertThat(HarnessVersion.read(null)).isEqualTo("development");
  }

  @Test
  void asksGit() {
    assertThat(GitDescription.of(folder, List.of("echo", "v1-3-g4bb87b3-dirty")))
        .isEqualTo("v1-3-g4bb87b3-dirty");
  }

  @Test
  void isUnknownWithoutGitOrACommitOrAnAnswer() {
    assertThat(GitDescription.of(folder)).isEqualTo("unknown");
    assertThat(GitDescription.of(folder, List.of("no-such-git"))).isEqualTo("unknown");
    assertThat(GitDescription.of(folder, List.of("true"))).isEqualTo("unknown");
    assertThat(GitDescription.of(folder, List.of("false"))).isEqualTo("unknown");
  }

  @Test
  void doesNotWaitForGitForLong() {
    long start = System.nanoTime();
    assertThat(GitDescription.of(folder, List.of("sleep", "60"))).isEqualTo("unknown");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void keepsAnInterruption() {
    Thread.currentThread().interrupt();
    assertThat(GitDescription.of(folder, List.of("sleep", "60"))).isEqualTo("unknown");
    assertThat(Thread.interrupted()).isTrue();
  }
}
