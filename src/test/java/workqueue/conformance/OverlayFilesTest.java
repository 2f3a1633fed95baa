package workqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.configuration.Configuration;
import workqueue.configuration.ConformanceMode;
import workqueue.configuration.GuestChoice;
import workqueue.history.ApiEvent.DryRunAnswered;
import workqueue.history.History;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.tutorial.Fixtures;

class OverlayFilesTest {
  private static final Pattern DOCUMENTED =
      Pattern.of(
          Fixtures.ofRepository(), "team-a", new PatternImages("w:1", "b:1"), GuestChoice.NONE);

  @TempDir Path folder;

  private static History tried(String part, int code, String... adapted) {
    Recorder recorder = new Recorder(Clock.systemUTC());
    recorder.record(
        Source.API,
        new DryRunAnswered(
            part, "Pod", "p", Map.of(), List.of(adapted), code, "", "", List.of(), Map.of()));
    return recorder.history(Session.HEADER);
  }

  private static JsonNode yaml(OverlayFiles files, String name) {
    return tree(files.files().get(name));
  }

  private static JsonNode tree(String yaml) {
    return new ObjectMapper().valueToTree(Serialization.unmarshal(yaml, Map.class));
  }

  @Test
  void whatIsTakenAsDocumentedNeedsNone() {
    assertThat(OverlayFiles.of(tried("worker-pod", 201), DOCUMENTED, Optional.empty())).isEmpty();
    assertThat(OverlayFiles.of(tried("worker-pod", 403, "resources"), DOCUMENTED, Optional.empty()))
        .isEmpty();
  }

  @Test
  void whatHelpedIsAPatchOfTheDocumentedObject() {
    OverlayFiles files =
        OverlayFiles.of(
                tried("worker-pod", 201, "resources", "restricted"), DOCUMENTED, Optional.empty())
            .orElseThrow();
    JsonNode kustomization = yaml(files, "kustomization.yaml");
    assertThat(kustomization.path("resources").toString())
        .isEqualTo("[\"service.yaml\",\"broker.yaml\",\"job.yaml\"]");
    JsonNode ofJob = kustomization.at("/patches/1");
    assertThat(ofJob.at("/target/name").asText()).isEqualTo("job-wq-1");
    JsonNode container = tree(ofJob.path("patch").asText()).at("/spec/template/spec/containers/0");
    assertThat(container.path("name").asText()).isEqualTo("c");
    assertThat(container.at("/resources/limits/memory").asText()).isEqualTo("64Mi");
    assertThat(container.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(yaml(files, "job.yaml").at("/spec/template/spec/containers/0/resources").isEmpty())
        .isTrue();
  }

  @Test
  void whatIsWrittenIsTakenAsAnOverlayAndComesToTheSame() throws Exception {
    OverlayFiles files =
        OverlayFiles.of(tried("worker-pod", 201, "resources"), DOCUMENTED, Optional.empty())
            .orElseThrow();
    files.write(folder);
    Configuration read =
        Conformance.read(
            Map.of(
                "wq.namespace", "team-a", "wq.overlay", folder.resolve("overlay.yaml").toString()),
            ConformanceMode.PREFLIGHT);
    Pattern adapted =
        Pattern.of(
            Fixtures.ofRepository(), "team-a", new PatternImages("w:1", "b:1"), read.guest());
    var worker = adapted.job().getSpec().getTemplate().getSpec().getContainers().get(0);
    assertThat(worker.getResources().getLimits()).containsKeys("cpu", "memory");
    assertThat(worker.getImage()).isEqualTo("w:1");
    var broker = adapted.broker().getSpec().getTemplate().getSpec().getContainers().get(0);
    assertThat(broker.getResources().getLimits().get("memory").toString()).isEqualTo("512M");
    assertThat(broker.getResources().getLimits().get("cpu").toString()).isEqualTo("250m");
    assertThat(folder.toFile().list()).hasSize(5);
  }
}
