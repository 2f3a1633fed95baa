package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run's images leave in the engine. */
class LeftoverImagesTest {
  private static final Map<String, String> NONE = Map.of();

  @TempDir Path locks;

  /** A build puts the labels of an image into layers, one beside the image itself. */
  private static FakeEngine built(Map<String, String> labels, String... names) {
    return new FakeEngine()
        .with("base", "", NONE, "debian:13")
        .with("cached", "base", NONE)
        .with("labelled", "cached", labels)
        .with("image", "labelled", labels, names);
  }

  private Map<String, String> labelsOf(String run) {
    try (RunLock lock = RunLock.take(locks, run)) {
      return lock.labels();
    }
  }

  @Test
  void anImageGoesWithItsLastNameAndSoDoWhatItsRunAloneHas() {
    FakeEngine fake = built(labelsOf("wq-1"), "job-wq-1:wq-1", "localhost:5000/job-wq-1:v1");

    fake.engine().untag("localhost:5000/job-wq-1:v1");
    assertThat(fake.images()).containsExactly("base", "cached", "labelled", "image");

    fake.engine().untag("job-wq-1:wq-1");
    assertThat(fake.images()).containsExactly("base", "cached");
  }

  @Test
  void anImageOfTheRunThatAnotherOneWasBuiltOnStays() {
    Map<String, String> labels = labelsOf("wq-1");
    FakeEngine fake =
        built(labels, "job-wq-1:wq-1")
            .with("step", "image", labels)
            .with("reader", "step", labels, "work-queue-reader:wq-1");

    fake.engine().untag("work-queue-reader:wq-1");

    assertThat(fake.images()).containsExactly("base", "cached", "labelled", "image");
  }

  @Test
  void anotherRunsLayersAreLeftAlone() {
    FakeEngine fake =
        built(labelsOf("wq-1"), "job-wq-1:wq-1")
            .with("other", "labelled", labelsOf("wq-2"), "job-wq-1:wq-2");

    fake.engine().untag("job-wq-1:wq-2");

    assertThat(fake.images()).containsExactly("base", "cached", "labelled", "image");
  }

  @Test
  void anImageOfNoRunLosesItsNameAlone() {
    FakeEngine fake = built(NONE, "worker:1", "worker:2");

    fake.engine().untag("worker:1");

    assertThat(fake.images()).containsExactly("base", "cached", "labelled", "image");
  }

  @Test
  void theNextRunRemovesWhatADeadOneLeft() throws IOException {
    Map<String, String> labels = new HashMap<>(labelsOf("wq-3"));
    labels.put("work-queue.run.process", "another");
    Files.createFile(locks.resolve("wq-3.lock"));
    FakeEngine fake = built(labels, "job-wq-1:wq-3");

    assertThat(new Leftovers(fake.engine(), locks).remove())
        .containsExactly("image job-wq-1:wq-3", "image labelled");

    assertThat(fake.images()).containsExactly("base", "cached");
    assertThat(locks).isEmptyDirectory();
  }

  @Test
  void theNextRunRemovesAnImageThatAnotherOneWasBuiltOnAfterThat() throws IOException {
    Map<String, String> labels = new HashMap<>(labelsOf("wq-3"));
    labels.put("work-queue.run.process", "another");
    Files.createFile(locks.resolve("wq-3.lock"));
    FakeEngine fake =
        built(labels, "job-wq-1:wq-3").with("reader", "image", labels, "work-queue-reader:wq-3");

    assertThat(new Leftovers(fake.engine(), locks).remove())
        .containsExactly("image work-queue-reader:wq-3", "image job-wq-1:wq-3", "image labelled");

    assertThat(fake.images()).containsExactly("base", "cached");
  }

  @Test
  void theNextRunLeavesALivingOnesImages() {
    try (RunLock lock = RunLock.take(locks, "wq-4")) {
      FakeEngine fake = built(lock.labels(), "job-wq-1:wq-4");

      assertThat(new Leftovers(fake.engine(), locks).remove()).isEmpty();

      assertThat(fake.images()).containsExactly("base", "cached", "labelled", "image");
    }
  }
}
