package workqueue.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import workqueue.EnvironmentTrouble;

class ManifestsTest {
  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: j
      spec:
        template:
          spec:
            containers:
              - name: c
                image: i
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("job.yaml");
  }

  @Test
  void readsAJob() throws IOException {
    Files.writeString(file, JOB);
    assertThat(new Manifests(new Fixtures(folder)).job().image()).isEqualTo("i");
  }

  @Test
  void readsOneDocumentBetweenMarks() throws IOException {
    Files.writeString(file, "# first\n---\n" + JOB + "---\n");
    assertThat(new Manifests(new Fixtures(folder)).job().name()).isEqualTo("j");
  }

  @Test
  void saysThatAFileIsMissing() {
    assertThatThrownBy(() -> new Manifests(new Fixtures(folder)).job())
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            "%s does not exist.\nRestore it, for example:\n  git checkout -- %s"
                .formatted(file, file));
  }

  @Test
  void saysThatAFileIsAFolder() throws IOException {
    Files.createDirectory(file);
    assertTrouble("cannot be read: Is a directory.");
  }

  @Test
  void saysWhereAFileIsNoYaml() throws IOException {
    assertTrouble(
        "kind: Job\nspec:\n  a: 1\n   b: 2\n",
        "is not YAML: line 4, column 5: mapping values are not allowed here.");
    assertTrouble(
        "kind: Job\nspec:\n\ta: 1\n",
        "is not YAML: line 3, column 1: found character '\\t(TAB)' that cannot start any token. (Do"
            + " not use \\t(TAB) for indentation).");
    assertTrouble(
        "kind: Job\nspec: {a: 1\n",
        "is not YAML: line 3, column 1: expected ',' or '}', but got <stream end>.");
    assertTrouble(
        JOB.replace("  template:", "  completions: 1\n  completions: 2\n  template:"),
        "is not YAML: line 7, column 3: found duplicate key completions.");
  }

  @Test
  void saysThatAFileIsNoText() throws IOException {
    Files.write(file, "kind: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertTrouble("is not YAML: it is no UTF-8 text.");
  }

  @Test
  void saysThatAFileIsEmpty() throws IOException {
    assertTrouble("", "is empty; a Job is expected there.");
    assertTrouble("# nothing yet\n", "is empty; a Job is expected there.");
  }

  @Test
  void saysWhatTheObjectLacks() throws IOException {
    assertTrouble("hello\n", "is no manifest: it holds no fields.");
    assertTrouble(JOB.replace("kind: Job\n", ""), "is incomplete: it has no kind.");
    assertTrouble(
        JOB.replace("apiVersion: batch/v1\n", ""), "is incomplete: it has no apiVersion.");
    assertTrouble(
        JOB.replace("  name: j\n", "  labels: {}\n"),
        "is incomplete: the Job has no metadata.name.");
    assertTrouble(
        "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: j\n",
        "is incomplete: the Job has no container: spec.template.spec.containers is empty.");
  }

  @Test
  void saysWhichKindItFound() throws IOException {
    String deployment = JOB.replace("batch/v1", "apps/v1").replace("kind: Job", "kind: Deployment");
    assertTrouble(deployment, "holds a Deployment, not a Job.");
    assertTrouble("apiVersion: v1\nkind: Endpoints\n", "holds an Endpoints, not a Job.");
    assertTrouble("apiVersion: v1\nkind: List\nitems: []\n", "holds a List, not a Job.");
    assertTrouble(
        JOB.replace("batch/v1", "extensions/v1beta1"),
        "holds a Job of extensions/v1beta1, not of batch/v1.");
  }

  @Test
  void saysThatThereAreSeveralDocuments() throws IOException {
    assertTrouble(
        JOB + "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n",
        "holds 2 documents (Job, Pod), not one.");
  }

  @Test
  void saysWhichFieldHoldsNonsense() throws IOException {
    assertTrouble(
        JOB.replace("  template:", "  completions: many\n  template:"),
        "is no valid manifest: spec.completions (many) is not a whole number.");
    assertTrouble(
        JOB.replace("  template:", "  suspend: perhaps\n  template:"),
        "is no valid manifest: spec.suspend (perhaps) is not true or false.");
    assertTrouble(
        JOB.replace("name: c", "name: [c]"),
        "is no valid manifest: spec.template.spec.containers[0].name is not a text.");
    assertTrouble(
        JOB.replace("- name: c", "  name: c"),
        "is no valid manifest: spec.template.spec.containers is not a list.");
    assertTrouble(
        "apiVersion: batch/v1\nkind: Job\nspec: [a]\n",
        "is no valid manifest: spec is not a group of fields.");
    assertTrouble(
        "- a\n",
        "is no valid manifest: Cannot parse a nested array containing non-object resource.");
  }

  @ParameterizedTest
  @EnumSource
  void expectsTheKindThatAnEditionDocuments(Edition edition) throws IOException {
    Manifests manifests = new Manifests(new Fixtures(folder));
    Path service = folder.resolve(edition.serviceManifest());
    Path broker = folder.resolve(edition.brokerManifest());
    Files.createDirectories(service.getParent());
    Files.writeString(service, JOB);
    Files.writeString(broker, JOB);
    assertThatThrownBy(() -> manifests.service(edition))
        .hasMessage("%s holds a Job, not a Service.".formatted(service));
    assertThatThrownBy(() -> manifests.broker(edition))
        .hasMessage("%s holds a Job, not a %s.".formatted(broker, edition.brokerKind()));
  }

  @ParameterizedTest
  @EnumSource
  void haveAnotherBrokerByTheDocumentedNames(Edition edition) {
    Manifests documented = new Manifests(Fixtures.ofRepository());
    Manifests other = documented.forBroker("registry.example:5000/work-queue/broker-j:newest-1");
    assertThat(other.otherBroker()).contains(Path.of("fixtures/brokers/broker-j"));
    Service service = other.service(edition);
    assertThat(service.getMetadata().getName()).isEqualTo("rabbitmq-service");
    assertThat(service.getSpec().getPorts())
        .isEqualTo(documented.service(edition).getSpec().getPorts());
    HasMetadata broker = other.broker(edition, "work-queue/broker-j:1", "IfNotPresent");
    assertThat(broker.getKind()).isEqualTo(edition.brokerKind());
    assertThat(broker.getMetadata().getName()).isEqualTo(edition.brokerName());
    PodTemplateSpec template =
        broker instanceof StatefulSet set
            ? set.getSpec().getTemplate()
            : ((ReplicationController) broker).getSpec().getTemplate();
    assertThat(template.getMetadata().getLabels()).isEqualTo(service.getSpec().getSelector());
    assertThat(template.getSpec().getContainers())
        .extracting(Container::getImage)
        .containsExactly("work-queue/broker-j:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rabbitmq", "docker.io/rabbitmq:4@sha256:1234", "work-queue/broker:1"})
  void haveTheDocumentedBrokerForAnyOtherImage(String image) {
    Manifests manifests = new Manifests(Fixtures.ofRepository()).forBroker(image);
    assertThat(manifests.otherBroker()).isEmpty();
    assertThat(manifests.service(Edition.CURRENT).getSpec().getSelector())
        .isEqualTo(Edition.CURRENT.selector());
  }

  private void assertTrouble(String content, String message) throws IOException {
    Files.writeString(file, content);
    assertTrouble(message);
  }

  private void assertTrouble(String message) {
    assertThatThrownBy(() -> new Manifests(new Fixtures(folder)).job())
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(file + " " + message);
  }
}
