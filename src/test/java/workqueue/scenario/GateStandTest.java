package workqueue.scenario;

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
  private String counts = "";

  @BeforeEach
  void file() {
    manifest = folder.resolve("job.yaml");
  }

  private JobDefinition job(String containers, String... named) throws IOException {
    return job(containers, named.length == 0 ? Map.of() : Map.of("wq.worker.container", named[0]));
  }

  private JobDefinition job(String containers, Map<String, String> parameters) throws IOException {
    return declared(
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: mine}
        spec:%s
          template:
            spec:
              restartPolicy: Never
              containers: [%s]
        """
            .formatted(counts, containers),
        parameters);
  }

  private JobDefinition declared(String text, Map<String, String> parameters) throws IOException {
    Files.writeString(manifest, text);
    Map<String, String> given = new HashMap<>();
    given.put("wq.worker.job", manifest.toString());
    given.putAll(parameters);
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

  @Test
  void aKindThatItsManifestIsNotForIsRefused() throws IOException {
    counts = "\n  completions: 8\n  parallelism: 2";
    assertThat(job("{name: a, image: a:1}").completions()).isEqualTo(8);
    assertThatThrownBy(() -> job("{name: a, image: a:1}", Map.of("wq.worker.kind", "drain")))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            %s and wq.worker.kind=drain contradict each other: it has completions: 8, which counts \
            pods that process one item each.
            Remedy: -Dwq.worker.kind=one, or no completions in the manifest."""
                .formatted(manifest));
    counts = "\n  parallelism: 2";
    assertThat(job("{name: a, image: a:1}", Map.of("wq.worker.kind", "drain")).drains()).isTrue();
    assertThatThrownBy(() -> job("{name: a, image: a:1}"))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            %s and wq.worker.kind=one contradict each other: it runs several pods at once and has no \
            completions, as Jobs have whose workers go on until their queue is empty.
            Remedy: -Dwq.worker.kind=drain, or completions in the manifest."""
                .formatted(manifest));
  }

  @Test
  void aDeploymentIsTheManifestOfAWorkerThatServes() throws IOException {
    String deployment =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: receiver}
        spec:
          replicas: 3
          selector: {matchLabels: {app: receiver}}
          template:
            metadata: {labels: {app: receiver}}
            spec:
              containers: [{name: r, image: r:1, env: [{name: BROKER, value: $(BROKER_URL)}]}]
        """;
    JobDefinition pods = declared(deployment, Map.of("wq.worker.kind", "serve"));

    assertThat(pods.serves()).isTrue();
    assertThat(pods.image()).isEqualTo("r:1");
    assertThat(pods.environment("BROKER")).contains("$(BROKER_URL)");
    assertThat(pods.toDeployment().getSpec().getReplicas()).isEqualTo(3);
    assertThat(pods.toDeployment().getSpec().getTemplate().getMetadata().getLabels())
        .containsEntry("app", "receiver");
    assertThatThrownBy(() -> declared(deployment, Map.of()))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            %s and wq.worker.kind=one contradict each other: it is a Deployment, whose pods are \
            started again whatever they end with.
            Remedy: -Dwq.worker.kind=serve, or the manifest of a Job."""
                .formatted(manifest));
    assertThatThrownBy(
            () ->
                declared(
                    deployment.replace("containers: [", "initContainers: ["),
                    Map.of("wq.worker.kind", "serve")))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            manifest
                + " is incomplete: the Deployment has no container: spec.template.spec.containers"
                + " is empty.");
  }

  private static final String MOUNTED =
      """
      {name: a, image: a:1, volumeMounts: [{name: data, mountPath: /data}]}]
            volumes: [
              {name: data, persistentVolumeClaim: {claimName: numbers}},
              {name: words, configMap: {name: words}},
              {name: more, configMap: {name: more, optional: true}},
              {name: login, secret: {secretName: login}},
              {name: token, projected: {sources: [
                {serviceAccountToken: {path: token}},
                {configMap: {name: kube-root-ca.crt}}, {secret: {name: key}}]}},
              {name: scratch, emptyDir: {}}""";

  @Test
  void whatItsPodsMountHasToBeInEachTrial() {
    assertThatThrownBy(() -> job(MOUNTED))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            The pods of %s mount ConfigMap words, PersistentVolumeClaim numbers, Secret key, Secret \
            login, and there is no such thing in a trial: each has a namespace of its own.
            Remedy: -Dwq.worker.objects=<a manifest of it>, from which each trial makes its own."""
                .formatted(manifest));
  }

  @Test
  void itsVolumesStayWhereTheirObjectsAreDeclared() throws IOException {
    Path objects = folder.resolve("objects.yaml");
    Files.writeString(
        objects,
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: words}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: numbers}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: key}
        """);
    JobDefinition job =
        job(
            MOUNTED,
            Map.of(
                "wq.worker.objects",
                objects.toString(),
                "wq.worker.secrets",
                "{login: {password: x}}"));
    assertThat(job.toJob().getSpec().getTemplate().getSpec().getVolumes())
        .extracting(each -> each.getName())
        .containsExactly("data", "words", "more", "login", "token", "scratch");
  }
}
