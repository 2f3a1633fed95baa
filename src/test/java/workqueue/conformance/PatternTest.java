package workqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import workqueue.configuration.ConformanceMode;
import workqueue.configuration.GuestChoice;
import workqueue.tutorial.Fixtures;

class PatternTest {
  @Test
  void itsObjectsAreOfTheNamespaceAndItsPodsAreToldOfTheSecrets() {
    Pattern pattern =
        Pattern.of(
            Fixtures.ofRepository(),
            "team-a",
            new PatternImages("w:1", "b:1"),
            new GuestChoice(
                Optional.of("team-a"),
                ConformanceMode.QUICK,
                List.of("pull", "push"),
                Optional.empty()));
    assertThat(List.of(pattern.service(), pattern.broker(), pattern.job()))
        .allMatch(each -> each.getMetadata().getNamespace().equals("team-a"));
    PodTemplateSpec broker = pattern.broker().getSpec().getTemplate();
    PodTemplateSpec worker = pattern.job().getSpec().getTemplate();
    assertThat(List.of(broker, worker))
        .allSatisfy(
            each ->
                assertThat(each.getSpec().getImagePullSecrets())
                    .extracting(LocalObjectReference::getName)
                    .containsExactly("pull", "push"));
    assertThat(broker.getSpec().getContainers().get(0).getImage()).isEqualTo("b:1");
    assertThat(worker.getSpec().getContainers().get(0).getImage()).isEqualTo("w:1");
  }
}
