package workqueue.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;
import workqueue.configuration.AvailableImages;
import workqueue.configuration.Configuration;
import workqueue.tutorial.JobDefinition;

class GateStandTest {
  @TempDir Path folder;
  private Path manifest;

  @BeforeEach
  void file() {
    manifest = folder.resolve("job.yaml");
  }

  private JobDefinition job(String containers, String... parameters) throws IOException {
    Files.writeString(
        manifest,
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: mine}
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [%s]
        """
            .formatted(containers));
    Map<String, String> given = new HashMap<>();
    given.put("wq.worker.job", manifest.toString());
    for (String each : parameters) {
      given.put("wq.worker.container", each);
    }
    Configuration configuration = Configuration.from(given, AvailableImages.PINNED);
    return GateStand.declaredJob(configuration.contract()).orElseThrow();
  }

  @Test
  void theWorkerIsTheOneThatIsToldOfItsQueue() throws IOException {
    assertThat(job("{name: a, image: a:1}").image()).isEqualTo("a:1");
    String told = "{name: b, image: b:1, env: [{name: QUEUE, value: q}]}";
    assertThat(job("{name: a, image: a:1}, " + told).image()).isEqualTo("b:1");
    assertThat(job("{name: a, image: a:1}, " + told, "a").image()).isEqualTo("a:1");
    JobDefinition changed = job("{name: a, image: a:1}, " + told).environment("X", "y");
    assertThat(changed.toJob().getSpec().getTemplate().getSpec().getContainers().get(1).getEnv())
        .extracting(each -> each.getName())
        .containsExactly("QUEUE", "X");
  }

  @Test
  void whereThatIsNotKnownItIsRefused() {
    assertThatThrownBy(() -> job("{name: a, image: a:1}, {name: b, image: b:1}"))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            %s has the containers a, b, and not just one of them names QUEUE or BROKER_URL: which \
            is the worker?
            Remedy: -Dwq.worker.container=a, or another of them."""
                .formatted(manifest));
    assertThatThrownBy(() -> job("{name: a, image: a:1}, {name: b, image: b:1}", "c"))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            "wq.worker.container=c: the pods of %s have no such container, but a, b."
                .formatted(manifest));
  }
}
