package workqueue.observer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import workqueue.cluster.ServiceAddresses;
import workqueue.history.ClusterEvent.EndpointsState;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.ClusterEvent.KubernetesEvent;
import workqueue.history.ClusterEvent.NodeState;
import workqueue.history.ClusterEvent.QuotaState;
import workqueue.history.Condition;
import workqueue.history.JobRef;
import workqueue.history.JobSpecBuilder;
import workqueue.history.JobVolume;
import workqueue.tutorial.JobDefinition;

class MappingTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private static JobBuilder job() {
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace("demo")
        .withName("job-wq-1")
        .withUid("job-uid")
        .withGeneration(1L)
        .withCreationTimestamp("2026-01-31T12:00:00Z")
        .endMetadata()
        .withNewSpec()
        .withCompletions(8)
        .withParallelism(2)
        .withNewTemplate()
        .withNewSpec()
        .withRestartPolicy("OnFailure")
        .addNewContainer()
        .withName("c")
        .withImage("worker:1")
        .addNewEnv()
        .withName("BROKER_URL")
        .withValue("amqp://guest:secret@rabbitmq-service:5672")
        .endEnv()
        .addNewEnv()
        .withName("QUEUE")
        .withValue("job1")
        .endEnv()
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec();
  }

  @Test
  void tellsWhatAJobSays() {
    Job job =
        job()
            .withNewStatus()
            .withStartTime("2026-01-31T12:00:01Z")
            .withSucceeded(8)
            .addNewCondition()
            .withType("Complete")
            .withStatus("True")
            .withLastTransitionTime("2026-01-31T12:00:00Z")
            .endCondition()
            .endStatus()
            .build();

    assertThat(JobMapping.state(job))
        .isEqualTo(
            new JobState(
                new JobRef("demo", "job-wq-1", "job-uid"),
                new JobSpecBuilder(8, 2)
                    .withImage("worker:1")
                    .withQueue("job1")
                    .withBrokerUrl("amqp://guest:***@rabbitmq-service:5672")
                    .withWorker("c")
                    .build(),
                1,
                NOON,
                NOON.plusSeconds(1),
                0,
                8,
                0,
                null,
                null,
                List.of(new Condition("Complete", "True", "", "", NOON)),
                null));
  }

  @Test
  void knowsAJobThatNoControllerTookUp() {
    JobState state = JobMapping.state(job().build());

    assertThat(state.startedAt()).isNull();
    assertThat(state.over()).isFalse();
    assertThat(state.active() + state.succeeded() + state.failed()).isZero();
  }

  @Test
  void knowsNoQueueThatIsTakenFromElsewhere() {
    Job job =
        job()
            .editSpec()
            .editTemplate()
            .editSpec()
            .editFirstContainer()
            .withEnv()
            .addNewEnv()
            .withName("QUEUE")
            .withNewValueFrom()
            .withNewConfigMapKeyRef("queue", "settings", false)
            .endValueFrom()
            .endEnv()
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();

    assertThat(JobMapping.state(job).spec().queue()).isEmpty();
  }

  @Test
  void takesTheContainerThatIsToldOfTheQueueForTheWorker() {
    Job alone = job().build();
    String worker = alone.getSpec().getTemplate().getSpec().getContainers().get(0).getName();
    Job behindAnother =
        job()
            .editSpec()
            .editTemplate()
            .editSpec()
            .addToContainers(0, new ContainerBuilder().withName("agent").build())
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();

    assertThat(JobMapping.state(alone).spec().worker()).isEqualTo(worker);
    assertThat(JobMapping.state(behindAnother).spec().worker()).isEqualTo(worker);
  }

  @Test
  void knowsAPolicyThatIgnoresSomeFailures() {
    assertThat(JobMapping.state(job().build()).spec().ignoresFailures()).isFalse();
    assertThat(JobMapping.state(withPolicy("FailJob")).spec().ignoresFailures()).isFalse();
    assertThat(JobMapping.state(withPolicy("Ignore")).spec().ignoresFailures()).isTrue();
  }

  @Test
  void tellsWhatPodsMount() {
    Job mounting =
        new JobDefinition(job().build())
            .mounting(
                volume().withNewConfigMap().withName("words").endConfigMap().build(), "/a", true)
            .mounting(
                volume()
                    .withName("b")
                    .withNewPersistentVolumeClaim()
                    .withClaimName("numbers")
                    .endPersistentVolumeClaim()
                    .build(),
                "/b",
                false)
            .mounting(
                volume().withName("c").withNewHostPath().withPath("/srv").endHostPath().build(),
                "/c",
                true)
            .mounting(
                volume().withName("d").withNewSecret().withSecretName("login").endSecret().build(),
                "/d",
                true)
            .mounting(
                volume().withName("e").withNewImage().withReference("data:1").endImage().build(),
                "/e",
                true)
            .mounting(volume().withName("f").withNewEmptyDir().endEmptyDir().build(), "/f", false)
            .toJob();
    assertThat(JobMapping.state(mounting).spec().volumes())
        .containsExactly(
            new JobVolume("a", "configMap", "words", "/a", true),
            new JobVolume("b", "persistentVolumeClaim", "numbers", "/b", false),
            new JobVolume("c", "hostPath", "/srv", "/c", true),
            new JobVolume("d", "secret", "login", "/d", true),
            new JobVolume("e", "image", "data:1", "/e", true),
            new JobVolume("f", "", "", "/f", false));
  }

  private static VolumeBuilder volume() {
    return new VolumeBuilder().withName("a");
  }

  private static Job withPolicy(String action) {
    return job()
        .editSpec()
        .withNewPodFailurePolicy()
        .addNewRule()
        .withAction(action)
        .endRule()
        .endPodFailurePolicy()
        .endSpec()
        .build();
  }

  @Test
  void countsAnOldEvent() {
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace("demo")
            .withUid("u")
            .endMetadata()
            .withType("Normal")
            .withReason("SuccessfulCreate")
            .withMessage("Created pod: job-wq-1-abcde")
            .withNewInvolvedObject()
            .withKind("Job")
            .withName("job-wq-1")
            .endInvolvedObject()
            .withCount(3)
            .withNewSource()
            .withComponent("job-controller")
            .endSource()
            .withFirstTimestamp("2026-01-31T12:00:00Z")
            .withLastTimestamp("2026-01-31T12:00:09Z")
            .build();

    assertThat(EventMapping.state(event))
        .isEqualTo(
            new KubernetesEvent(
                "demo",
                "Normal",
                "SuccessfulCreate",
                "Job",
                "job-wq-1",
                "Created pod: job-wq-1-abcde",
                3,
                "job-controller",
                NOON,
                NOON.plusSeconds(9)));
  }

  @Test
  void countsANewEvent() {
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace("demo")
            .endMetadata()
            .withReason("FailedScheduling")
            .withReportingComponent("default-scheduler")
            .withEventTime(new MicroTime("2026-01-31T12:00:00.000000Z"))
            .withNewSeries()
            .withCount(4)
            .withLastObservedTime(new MicroTime("2026-01-31T12:00:07.250000Z"))
            .endSeries()
            .build();

    KubernetesEvent told = EventMapping.state(event);

    assertThat(told.count()).isEqualTo(4);
    assertThat(told.component()).isEqualTo("default-scheduler");
    assertThat(told.firstAt()).isEqualTo(NOON);
    assertThat(told.lastAt()).isEqualTo(NOON.plusMillis(7250));
  }

  @Test
  void doesNotCountANodesHeartbeats() {
    assertThat(NodeMapping.state(node("2026-01-31T12:00:01Z")))
        .isEqualTo(NodeMapping.state(node("2026-01-31T12:05:01Z")))
        .isEqualTo(
            new NodeState(
                "node-1",
                "arm64",
                true,
                List.of("node.kubernetes.io/unreachable=:NoExecute"),
                List.of(new Condition("Ready", "Unknown", "NodeStatusUnknown", "", NOON))));
  }

  private static Node node(String heartbeat) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName("node-1")
        .endMetadata()
        .withNewSpec()
        .withUnschedulable(true)
        .addNewTaint()
        .withKey("node.kubernetes.io/unreachable")
        .withEffect("NoExecute")
        .endTaint()
        .endSpec()
        .withNewStatus()
        .withNewNodeInfo()
        .withArchitecture("arm64")
        .endNodeInfo()
        .addNewCondition()
        .withType("Ready")
        .withStatus("Unknown")
        .withReason("NodeStatusUnknown")
        .withLastHeartbeatTime(heartbeat)
        .withLastTransitionTime("2026-01-31T12:00:00Z")
        .endCondition()
        .endStatus()
        .build();
  }

  @Test
  void sortsTheAddressesBehindAService() {
    var endpoints =
        new EndpointsBuilder()
            .withNewMetadata()
            .withName("rabbitmq-service")
            .endMetadata()
            .addNewSubset()
            .addNewAddress()
            .withIp("10.0.0.9")
            .endAddress()
            .addNewAddress()
            .withIp("10.0.0.8")
            .endAddress()
            .addNewNotReadyAddress()
            .withIp("10.0.0.7")
            .endNotReadyAddress()
            .endSubset()
            .build();

    assertThat(
            ServiceViews.state(
                "demo", "rabbitmq-service", true, List.of(ServiceAddresses.of(endpoints))))
        .isEqualTo(
            new EndpointsState(
                "demo",
                "rabbitmq-service",
                true,
                List.of("10.0.0.8", "10.0.0.9"),
                List.of("10.0.0.7")));
    assertThat(ServiceViews.state("demo", "rabbitmq-service", false, List.of()))
        .isEqualTo(new EndpointsState("demo", "rabbitmq-service", false, List.of(), List.of()));
  }

  @Test
  void tellsWhatAQuotaLeaves() {
    ResourceQuota quota =
        new ResourceQuotaBuilder()
            .withNewMetadata()
            .withNamespace("demo")
            .withName("few-pods")
            .endMetadata()
            .withNewStatus()
            .addToHard("pods", new Quantity("2"))
            .addToUsed("pods", new Quantity("1"))
            .endStatus()
            .build();

    assertThat(QuotaMapping.state(quota))
        .isEqualTo(new QuotaState("demo", "few-pods", Map.of("pods", "2"), Map.of("pods", "1")));
  }

  @Test
  void readsTimesToTheMicrosecond() {
    assertThat(Times.of("2026-01-31T21:00:00.123456789+09:00"))
        .isEqualTo(Instant.parse("2026-01-31T12:00:00.123456Z"));
    assertThat(Times.of(null)).isNull();
    assertThat(Times.of("soon")).isNull();
  }
}
