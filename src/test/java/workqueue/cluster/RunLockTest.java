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
  void aRunThatLivesIsNotDead() {
    try (RunLock lock = RunLock.take(folder, "wq-1")) {
      assertThat(lock.labels()).containsEntry("work-queue.run", "wq-1");
      assertThat(RunLock.isDead(folder, lock.labels())).isFalse();
    }
    assertThat(folder).isEmptyDirectory();
  }

  /** A builder makes a layer for each label, sorted; one before the run's would stay. */
  @Test
  void theRunsLabelIsTheFirstOfTheLabels() {
    assertThat(labelsOf("wq-9").keySet().stream().sorted()).startsWith(RunLock.LABEL);
  }

  @Test
  void aRunThatLeftItsLockBehindIsDead() throws IOException {
    Map<String, String> labels = new HashMap<>(labelsOf("wq-2"));
    labels.put("work-queue.run.process", "another");
    Files.createFile(folder.resolve("wq-2.lock"));
    assertThat(RunLock.isDead(folder, labels)).isTrue();
    RunLock.forget(folder, "wq-2");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void nothingIsKnownOfARunWhoseLockIsElsewhere() {
    assertThat(RunLock.isDead(folder, labelsOf("wq-3"))).isFalse();
  }

  @Test
  void whatWasKeptOnRequestIsLeftAlone() throws IOException {
    Map<String, String> labels;
    try (RunLock lock = RunLock.take(folder, "wq-4")) {
      labels = lock.labels();
      lock.keepWhatIsMade();
    }
    Files.createFile(folder.resolve("wq-4.lock"));
    assertThat(RunLock.isDead(folder, labels)).isFalse();
  }

  @Test
  void whatAnotherMachineMadeIsNotOurs() throws IOException {
    Map<String, String> labels = new HashMap<>(labelsOf("wq-5"));
    labels.put("work-queue.run.host", "another-machine");
    labels.put("work-queue.run.boot", "of another machine");
    Files.createFile(folder.resolve("wq-5.lock"));
    assertThat(RunLock.isDead(folder, labels)).isFalse();
  }

  /** A process id is given again, and each container begins to count from 1. */
  @Test
  void aProcessThatHasOurNumberAndBeganAtAnotherTimeIsAnother() throws IOException {
    Map<String, String> labels = new HashMap<>(labelsOf("wq-7"));
    labels.put("work-queue.run.process", ProcessHandle.current().pid() + "-12345");
    Files.createFile(folder.resolve("wq-7.lock"));
    assertThat(RunLock.isDead(folder, labels)).isTrue();
  }

  /** Each container of a machine has a host name of its own. */
  @Test
  void whatAnotherContainerOfThisMachineLeftIsOurs() throws IOException {
    Map<String, String> labels = new HashMap<>(labelsOf("wq-8"));
    labels.put("work-queue.run.process", "1-12345");
    labels.put("work-queue.run.host", "8d1f0c4c8c1e");
    Files.createFile(folder.resolve("wq-8.lock"));
    assertThat(RunLock.isDead(folder, labels)).isTrue();
    labels.put("work-queue.run.boot", "of another machine");
    assertThat(RunLock.isDead(folder, labels)).isFalse();
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
