package workqueue.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateFileDraftTest {
  @TempDir Path folder;

  private GateFileDraft draft(Map<String, String> given) {
    return new GateFileDraft(given, folder.resolve("work-queue.yaml"));
  }

  @Test
  void holdsWhatIsDeclaredAndWhatWasSeen() throws IOException {
    GateFileDraft draft =
        draft(
            Map.of(
                "wq.worker.image", "registry.example/team/worker:1",
                "wq.worker.command", "[/receive, \"$(BROKER_URL)\"]",
                "wq.worker.evidence", "log:did (.*)",
                "wq.queue.name", "ids",
                "wq.worker.password", "secret",
                "wq.scenario", "gate.takes-one-item"));
    draft.add("queue: {name: hello, durable: false, declaredBy: worker}");
    draft.add("env: {HOST: $(BROKER_HOST), LEVEL: <a value>}");
    assertThat(draft.leftOut()).containsExactly("broker.password");
    assertThat(draft.lines())
        .containsExactly(
            "image: registry.example/team/worker:1",
            "command: [/receive, $(BROKER_URL)]",
            "evidence: log:did (.*)",
            "queue: {name: hello, durable: false, declaredBy: worker}",
            "env: {HOST: $(BROKER_HOST), LEVEL: <a value>}");
    Path file = Files.write(folder.resolve("work-queue.yaml"), draft.lines());
    assertThat(
            Configuration.from(Map.of("wq.gate.file", file.toString()), AvailableImages.PINNED)
                .contract()
                .queue())
        .isEqualTo(new QueueContract(Optional.of("hello"), false, true, Optional.empty()));
  }

  @Test
  void startsFromTheFileThatIsThere() throws IOException {
    Path given =
        Files.writeString(
            folder.resolve("given.yaml"), "image: worker:1\nevidence: digest\nqueue: {name: a}\n");
    Path context = Files.createDirectory(folder.resolve("worker"));
    GateFileDraft draft =
        draft(Map.of("wq.gate.file", given.toString(), "wq.worker.context", context.toString()));
    assertThat(draft.lines())
        .isEqualTo(List.of("context: worker", "evidence: digest", "queue: {name: a}"));
  }

  @Test
  void keepsWhatIsDeclaredWhereSomethingIsToBeFilledIn() {
    GateFileDraft draft =
        draft(Map.of("wq.worker.image", "worker:1", "wq.worker.env", "{LEVEL: info}"));
    draft.add("image: <one that has pika>");
    draft.add("env: {LEVEL: <a value>, REGION: <a value>}");
    assertThat(draft.lines())
        .containsExactly("image: worker:1", "env: {LEVEL: info, REGION: <a value>}");
  }

  @Test
  void isEmptyWhereNothingIsSaid() {
    assertThat(draft(Map.of("wq.items", "3")).isEmpty()).isTrue();
  }
}
