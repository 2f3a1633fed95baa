package workqueue.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobDefinitionTest {
  private final JobDefinition documented = new Manifests(Fixtures.ofRepository()).job();

  @Test
  void tellsTheEnvironment() {
    assertThat(documented.environment("QUEUE")).contains("job1");
    assertThat(documented.environment("NONE")).isEmpty();
  }

  @Test
  void keepsItsPodsApart() {
    PodSpec pods = documented.onDifferentNodes().toJob().getSpec().getTemplate().getSpec();
    var term =
        pods.getAffinity()
            .getPodAntiAffinity()
            .getRequiredDuringSchedulingIgnoredDuringExecution()
            .get(0);
    assertThat(term.getTopologyKey()).isEqualTo("kubernetes.io/hostname");
    assertThat(term.getLabelSelector().getMatchLabels())
        .containsExactly(entry("job-name", documented.name()));
  }

  @Test
  void servesAsADeploymentThatRestartsItsPods() {
    assertThat(documented.serves()).isFalse();
    JobDefinition serving = documented.parallelism(3).serving();
    assertThat(serving.serves()).isTrue();
    var spec = serving.toDeployment().getSpec();
    assertThat(spec.getReplicas()).isEqualTo(3);
    assertThat(spec.getTemplate().getSpec().getRestartPolicy()).isEqualTo("Always");
    assertThat(spec.getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(spec.getSelector().getMatchLabels())
        .containsEntry("job-name", documented.name());
    assertThat(spec.getTemplate().getSpec().getContainers())
        .isEqualTo(serving.toJob().getSpec().getTemplate().getSpec().getContainers());
  }

  @Test
  void asksForNoPrivileges() {
    var context = worker(documented.unprivileged().toJob()).getSecurityContext();
    assertThat(context.getRunAsNonRoot()).isTrue();
    assertThat(context.getRunAsUser()).isPositive();
    assertThat(context.getReadOnlyRootFilesystem()).isTrue();
    assertThat(context.getAllowPrivilegeEscalation()).isFalse();
    assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
  }

  @Test
  void changesWhatItIsTold() {
    Job job =
        documented
            .name("other")
            .namespace("wq-1")
            .label("run", "r1")
            .image("registry:5000/worker:1")
            .pullPolicy("Always")
            .command(List.of("true"))
            .completions(5)
            .parallelism(0)
            .backoffLimit(3)
            .restartPolicy("Never")
            .suspended()
            .toJob();
    assertThat(job.getMetadata().getName()).isEqualTo("other");
    assertThat(job.getMetadata().getNamespace()).isEqualTo("wq-1");
    assertThat(job.getMetadata().getLabels()).containsEntry("run", "r1");
    assertThat(job.getSpec().getTemplate().getMetadata().getLabels()).containsEntry("run", "r1");
    assertThat(job.getSpec().getCompletions()).isEqualTo(5);
    assertThat(job.getSpec().getParallelism()).isZero();
    assertThat(job.getSpec().getBackoffLimit()).isEqualTo(3);
    assertThat(job.getSpec().getSuspend()).isTrue();
    assertThat(job.getSpec().getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(worker(job).getName()).isEqualTo("c");
    assertThat(worker(job).getImage()).isEqualTo("registry:5000/worker:1");
    assertThat(worker(job).getImagePullPolicy()).isEqualTo("Always");
    assertThat(worker(job).getCommand()).containsExactly("true");
  }

  @Test
  void knowsHowManyPodsHaveToSucceed() {
    assertThat(documented.completions(5).completions()).isEqualTo(5);
    assertThat(documented.with(job -> job.editSpec().withCompletions(null).endSpec()).completions())
        .isEqualTo(1);
  }

  @Test
  void bindsItsPodsToANode() {
    PodSpec pods =
        documented
            .onNode("node-1")
            .toleratesLostNode(Duration.ofSeconds(10))
            .toJob()
            .getSpec()
            .getTemplate()
            .getSpec();
    assertThat(pods.getNodeSelector()).containsOnly(entry("kubernetes.io/hostname", "node-1"));
    assertThat(pods.getTolerations())
        .extracting(
            each -> each.getKey() + " " + each.getEffect() + " " + each.getTolerationSeconds())
        .containsExactly(
            "node.kubernetes.io/not-ready NoExecute 10",
            "node.kubernetes.io/unreachable NoExecute 10");
  }

  @Test
  void replacesAVariableAndAddsOthers() {
    Job job = documented.environment("QUEUE", "job2").workerSeconds(Duration.ofSeconds(1)).toJob();
    assertThat(documented.workerSeconds(Duration.ofMillis(1_500)).environment("WORKER_SECONDS"))
        .contains("1.5");
    assertThat(documented.workerSeconds(Duration.ZERO).environment("WORKER_SECONDS")).contains("0");
    assertThat(documented.workerSeconds(Duration.ofSeconds(10)).environment("WORKER_SECONDS"))
        .contains("10");
    assertThat(worker(job).getEnv())
        .containsExactlyInAnyOrder(
            new EnvVar("BROKER_URL", "amqp://guest:guest@rabbitmq-service:5672", null),
            new EnvVar("QUEUE", "job2", null),
            new EnvVar("WORKER_SECONDS", "1", null));
  }

  @Test
  void staysAsItWas() {
    Job before = documented.toJob();
    documented.completions(1).environment("QUEUE", "x").label("a", "b");
    documented.toJob().getSpec().setCompletions(2);
    worker(documented.toJob()).setImage("x");
    assertThat(documented.toJob()).isEqualTo(before);
    assertThat(documented).hasToString("Job job-wq-1");
  }

  @Test
  void rejectsNonsense() {
    assertThatThrownBy(() -> documented.completions(-1))
        .hasMessage("A Job's completions is not negative: -1");
    assertThatThrownBy(() -> new JobDefinition(new Job()))
        .hasMessage("the Job has no metadata.name");
    assertThatThrownBy(
            () ->
                new JobDefinition(
                    new JobBuilder().withNewMetadata().withName("j").endMetadata().build()))
        .hasMessage("the Job has no container: spec.template.spec.containers is empty");
  }

  private static Container worker(Job job) {
    return job.getSpec().getTemplate().getSpec().getContainers().get(0);
  }
}
