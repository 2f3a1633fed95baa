package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  @TempDir Path folder;

  @Test
  void isHeldWhileTheRunLives() {
    Map<String, String> labels;
    try (RunLock lock = RunLock.take(folder, "wq-1")) {
      labels = lock.labels();
      assertThat(labels).containsEntry("work-queue.run", "wq-1");
      assertThat(RunLock.isHeld(folder, labels)).isTrue();
    }
    assertThat(RunLock.isHeld(folder, labels)).isFalse();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatAKilledRunLeftIsNobodys() throws IOException {
    Map<String, String> labels = labelsOf("wq-2");
    Files.createFile(folder.resolve("wq-2.lock"));
    assertThat(RunLock.isHeld(folder, labels)).isFalse();
    RunLock.forgetDead(folder);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void forgetsNoLockThatIsHeld() {
    try (RunLock lock = RunLock.take(folder, "wq-3")) {
      RunLock.forgetDead(folder);
      assertThat(RunLock.isHeld(folder, lock.labels())).isTrue();
      assertThat(folder.resolve("wq-3.lock")).exists();
    }
  }

  @Test
  void whatWasKeptOnRequestStaysAfterTheRun() {
    Map<String, String> labels;
    try (RunLock lock = RunLock.take(folder, "wq-4")) {
      labels = lock.labels();
      lock.keepWhatIsMade();
    }
    assertThat(RunLock.isHeld(folder, labels)).isTrue();
  }

  @Test
  void whatAnotherMachineMadeIsNotOurs() {
    Map<String, String> labels = new HashMap<>(labelsOf("wq-5"));
    labels.put("work-queue.host", "another-machine");
    assertThat(RunLock.isHeld(folder, labels)).isTrue();
  }

  @Test
  void twoRunsCannotHaveOneId() {
    try (RunLock first = RunLock.take(folder, "wq-6")) {
      assertThatThrownBy(() -> RunLock.take(folder, first.run()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Another process holds the run wq-6.");
    }
  }

  private Map<String, String> labelsOf(String run) {
    try (RunLock lock = RunLock.take(folder, run)) {
      return lock.labels();
    }
  }
}
