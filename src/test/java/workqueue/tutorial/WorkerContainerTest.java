package workqueue.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerContainerTest {
  private static final String SIDECAR_FIRST = "proxy";

  private static PodBuilder pod(Map<String, String> annotations) {
    return new PodBuilder()
        .withNewMetadata()
        .withAnnotations(annotations)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName(SIDECAR_FIRST)
        .addNewEnv()
        .withName("PORT")
        .withValue("15020")
        .endEnv()
        .endContainer()
        .addNewContainer()
        .withName("work")
        .addNewEnv()
        .withName("QUEUE")
        .withValue("job1")
        .endEnv()
        .endContainer()
        .endSpec();
  }

  @Test
  void isTheOneThatIsToldItsQueueWhereverItStands() {
    assertThat(WorkerContainer.in(pod(Map.of()).build())).contains("work");
  }

  @Test
  void isTheOneThatIsNamed() {
    assertThat(
            WorkerContainer.in(
                pod(Map.of(WorkerContainer.DEFAULT_CONTAINER, SIDECAR_FIRST)).build()))
        .contains(SIDECAR_FIRST);
  }

  @Test
  void isTheOnlyOne() {
    assertThat(
            WorkerContainer.in(
                new PodBuilder()
                    .withNewSpec()
                    .addNewContainer()
                    .withName("rabbitmq")
                    .endContainer()
                    .endSpec()
                    .build()))
        .contains("rabbitmq");
  }

  @Test
  void isNotKnownAmongSeveralThatAreToldNothing() {
    assertThat(
            WorkerContainer.in(
                pod(Map.of())
                    .editSpec()
                    .editContainer(1)
                    .withEnv()
                    .endContainer()
                    .endSpec()
                    .build()))
        .isEmpty();
  }
}
