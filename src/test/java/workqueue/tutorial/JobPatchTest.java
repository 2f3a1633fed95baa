package workqueue.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;

class JobPatchTest {
  @TempDir Path folder;

  private final JobDefinition documented = new Manifests(Fixtures.ofRepository()).job();

  @Test
  void addsAContainerBesideTheWorker() throws IOException {
    PodSpec pod =
        patched(
            """
            spec:
              template:
                spec:
                  containers: [{name: agent, image: agent, command: [sleep, infinity]}]
            """);
    assertThat(pod.getContainers()).extracting(Container::getName).containsExactly("c", "agent");
    assertThat(pod.getRestartPolicy()).isEqualTo("OnFailure");
  }

  @Test
  void changesAVariableAndKeepsTheOthers() throws IOException {
    PodSpec pod =
        patched(
            """
            spec:
              template:
                spec:
                  containers:
                  - name: c
                    env:
                    - {name: QUEUE, value: job2}
                    - name: TOKEN
                      valueFrom: {secretKeyRef: {name: login, key: url}}
            """);
    assertThat(pod.getContainers()).hasSize(1);
    assertThat(pod.getContainers().get(0).getEnv())
        .extracting(EnvVar::getName)
        .containsExactly("BROKER_URL", "QUEUE", "TOKEN");
    assertThat(pod.getContainers().get(0).getEnv().get(1).getValue()).isEqualTo("job2");
  }

  @Test
  void takesAwayWhatIsNullAndReplacesAPlainList() throws IOException {
    JobDefinition once = documented.command(List.of("one", "two"));
    Files.writeString(
        folder.resolve("job-patch.yaml"),
        "spec: {completions: null, template: {spec: {containers: [{name: c, command: [three]}]}}}");
    var job = JobPatch.read(folder.resolve("job-patch.yaml")).applyTo(once).toJob();
    assertThat(job.getSpec().getCompletions()).isNull();
    assertThat(job.getSpec().getTemplate().getSpec().getContainers().get(0).getCommand())
        .containsExactly("three");
  }

  @Test
  void saysThatAFileHoldsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("job-patch.yaml"), "- a\n- b\n");
    assertThatThrownBy(() -> JobPatch.read(file))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(file + " is no patch of a Job: it holds no fields.");
  }

  private PodSpec patched(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("job-patch.yaml"), yaml);
    return JobPatch.read(file).applyTo(documented).toJob().getSpec().getTemplate().getSpec();
  }
}
