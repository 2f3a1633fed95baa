package workqueue.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workqueue.EnvironmentTrouble;

class PodOverlayTest {
  private static final String OVERLAY =
      """
      metadata:
        labels: {team: a}
      spec:
        nodeSelector: {pool: batch}
        tolerations: [{key: dedicated, value: batch, effect: NoSchedule}]
        containers:
        - resources: {limits: {cpu: 100m, memory: 64Mi}}
        - name: rabbitmq
          resources: {limits: {memory: 512M}}
      """;

  @TempDir Path folder;

  private PodOverlay read(String content) throws IOException {
    return PodOverlay.read(Files.writeString(folder.resolve("overlay.yaml"), content));
  }

  @Test
  void mapsAreMergedTolerationsAddedAndContainersMeantByTheirNames() throws IOException {
    Map<String, Object> template =
        map(
            """
            metadata: {labels: {app: x}}
            spec:
              tolerations: [{key: mine}]
              containers:
              - {name: rabbitmq, image: i, resources: {limits: {cpu: 250m}}}
              - {name: c, image: j}
            """);
    assertThat(read(OVERLAY).on(template))
        .isEqualTo(
            map(
                """
                metadata: {labels: {app: x, team: a}}
                spec:
                  tolerations: [{key: mine}, {key: dedicated, value: batch, effect: NoSchedule}]
                  containers:
                  - {name: rabbitmq, image: i, resources: {limits: {cpu: 100m, memory: 512M}}}
                  - {name: c, image: j, resources: {limits: {cpu: 100m, memory: 64Mi}}}
                  nodeSelector: {pool: batch}
                """));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(String yaml) {
    return (Map<String, Object>) Flow.read(yaml);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spec: {nodeName: n} | pods get no spec.nodeName besides: allowed are affinity, containers,",
        "spec: {nodeName: n} | Did you mean affinity?",
        "spec: {hostNetwork: true} | pods get no spec.hostNetwork besides",
        "spec: {volumes: []} | pods get no spec.volumes besides",
        "metadata: {name: x} | pods get no metadata.name besides: allowed are annotations, labels.",
        "spec: {containers: [{image: x}]} | pods get no spec.containers[].image besides",
        "spec: {containers: [{securityContext: {privileged: true}}]} | never privileged",
        "spec: {containers: [{securityContext: {privileged: 'true'}}]} | never privileged",
        "spec: {containers: [{name: }]} | a name in spec.containers is a container's",
        "spec: {tolerations: all} | spec.tolerations is a list.",
        "spec: {containers: {}} | spec.containers is a list",
        "kind: Kustomization | pods get no kind besides: allowed are metadata, spec.",
        "[1] | the file has to be a map",
        "spec: [ | this is no YAML",
      })
  void whatAGuestsPodsNeverGetIsRefused(String content, String why) {
    assertThatThrownBy(() -> read(content)).isInstanceOf(Mistake.class).hasMessageContaining(why);
  }

  @Test
  void itIsForANamespaceThatExists() throws IOException {
    Path file = Files.writeString(folder.resolve("overlay.yaml"), OVERLAY);
    Map<String, String> given = new TreeMap<>(Map.of("wq.overlay", file.toString()));
    assertThatThrownBy(() -> Configuration.from(given, AvailableImages.here()))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            Nothing was started, for the parameters cannot be used:
              1. wq.overlay is what pods get besides in a namespace that exists: give \
            wq.namespace as well, or leave wq.overlay out.""");
    given.putAll(
        Map.of("wq.cluster", "prod", "wq.namespace", "team-a", "wq.worker.image", "example/w:1"));
    assertThat(
            Configuration.from(given, AvailableImages.here())
                .guest()
                .overlay()
                .orElseThrow()
                .patch())
        .containsOnlyKeys(List.of("metadata", "spec"));
  }
}
