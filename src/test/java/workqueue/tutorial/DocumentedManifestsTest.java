package workqueue.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentedManifestsTest {
  private final Manifests manifests = new Manifests(Fixtures.ofRepository());

  @ParameterizedTest
  @EnumSource
  void haveAServiceThatSelectsTheBroker(Edition edition) {
    Service service = manifests.service(edition);
    assertThat(service.getMetadata().getName()).isEqualTo("rabbitmq-service");
    assertThat(service.getMetadata().getNamespace()).isNull();
    assertThat(service.getMetadata().getLabels()).isEqualTo(Map.of("component", "rabbitmq"));
    assertThat(service.getSpec().getSelector()).isEqualTo(edition.selector());
    assertThat(service.getSpec().getPorts()).extracting(ServicePort::getPort).containsExactly(5672);
    assertThat(service.getSpec().getClusterIP()).isNull();
  }

  @Test
  void startTheClassicBrokerByAReplicationController() {
    ReplicationController broker = (ReplicationController) manifests.broker(Edition.CLASSIC);
    assertThat(broker.getSpec().getReplicas()).isEqualTo(1);
    Container container = assertBroker(Edition.CLASSIC, broker, broker.getSpec().getTemplate());
    assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu");
    assertThat(container.getResources().getRequests()).isEmpty();
    assertThat(container.getVolumeMounts()).isEmpty();
    assertThat(broker.getSpec().getTemplate().getSpec().getVolumes()).isEmpty();
  }

  @Test
  void startTheCurrentBrokerByAStatefulSet() {
    StatefulSet broker = (StatefulSet) manifests.broker(Edition.CURRENT);
    assertThat(broker.getSpec().getReplicas()).isEqualTo(1);
    assertThat(broker.getSpec().getServiceName()).isEqualTo("rabbitmq-service");
    assertThat(broker.getSpec().getSelector().getMatchLabels())
        .isEqualTo(Edition.CURRENT.selector());
    assertThat(broker.getSpec().getVolumeClaimTemplates()).isEmpty();
    Container container = assertBroker(Edition.CURRENT, broker, broker.getSpec().getTemplate());
    assertThat(container.getResources().getLimits())
        .containsOnlyKeys("cpu", "memory")
        .containsEntry("memory", new Quantity("512M"));
    assertThat(container.getResources().getRequests())
        .containsExactly(Map.entry("memory", new Quantity("16M")));
    assertThat(container.getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .containsExactly("/var/lib/rabbitmq");
    assertThat(broker.getSpec().getTemplate().getSpec().getVolumes())
        .singleElement()
        .satisfies(
            volume -> {
              assertThat(volume.getName()).isEqualTo(container.getVolumeMounts().get(0).getName());
              assertThat(volume.getEmptyDir()).isNotNull();
            });
  }

  private static Container assertBroker(
      Edition edition, HasMetadata broker, PodTemplateSpec template) {
    assertThat(broker.getKind()).isEqualTo(edition.brokerKind());
    assertThat(broker.getMetadata().getName()).isEqualTo(edition.brokerName());
    assertThat(template.getMetadata().getLabels()).isEqualTo(edition.selector());
    assertThat(template.getSpec().getContainers()).hasSize(1);
    Container container = template.getSpec().getContainers().get(0);
    assertThat(container.getName()).isEqualTo("rabbitmq");
    assertThat(container.getImage()).isEqualTo("rabbitmq");
    assertThat(container.getImagePullPolicy()).isNull();
    assertThat(container.getReadinessProbe()).isNull();
    assertThat(container.getPorts())
        .singleElement()
        .satisfies(port -> assertThat(port.getContainerPort()).isEqualTo(5672));
    assertThat(container.getResources().getLimits())
        .containsEntry("cpu", new Quantity(edition.cpuLimit()));
    return container;
  }

  @ParameterizedTest
  @EnumSource
  void changeNothingOfTheBrokerButItsImage(Edition edition) {
    HasMetadata changed = manifests.broker(edition, "broker:1", "IfNotPresent");
    PodTemplateSpec template =
        changed instanceof StatefulSet set
            ? set.getSpec().getTemplate()
            : ((ReplicationController) changed).getSpec().getTemplate();
    Container container = template.getSpec().getContainers().get(0);
    assertThat(container.getImage()).isEqualTo("broker:1");
    assertThat(container.getImagePullPolicy()).isEqualTo("IfNotPresent");
    container.setImage("rabbitmq");
    container.setImagePullPolicy(null);
    assertThat(changed).isEqualTo(manifests.broker(edition));
  }

  @Test
  void runAJobOfEightCompletions() {
    Job job = manifests.job().toJob();
    assertThat(job.getMetadata().getName()).isEqualTo("job-wq-1");
    assertThat(job.getMetadata().getNamespace()).isNull();
    assertThat(job.getSpec().getCompletions()).isEqualTo(8);
    assertThat(job.getSpec().getParallelism()).isEqualTo(2);
    assertThat(job.getSpec().getBackoffLimit()).isNull();
    assertThat(job.getSpec().getTemplate().getSpec().getRestartPolicy()).isEqualTo("OnFailure");
    assertThat(job.getSpec().getTemplate().getSpec().getContainers())
        .singleElement()
        .satisfies(
            container -> {
              assertThat(container.getName()).isEqualTo("c");
              assertThat(container.getImage()).isEqualTo("gcr.io/<project>/job-wq-1");
              assertThat(container.getCommand()).isEmpty();
              assertThat(container.getArgs()).isEmpty();
              assertThat(container.getEnv())
                  .containsExactly(
                      new EnvVar("BROKER_URL", "amqp://guest:guest@rabbitmq-service:5672", null),
                      new EnvVar("QUEUE", "job1", null));
            });
  }
}
