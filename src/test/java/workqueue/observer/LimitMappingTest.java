package workqueue.observer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import workqueue.history.ClusterEvent.LimitsGiven;

class LimitMappingTest {
  private static final String SET =
      "LimitRanger plugin set: cpu, memory request for container c; memory limit for container c";

  private static Pod pod(String annotation) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("demo")
        .withName("pod-0")
        .withUid("uid-0")
        .addToAnnotations("kubernetes.io/limit-ranger", annotation)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("c")
        .withNewResources()
        .addToLimits("memory", new Quantity("32Mi"))
        .endResources()
        .endContainer()
        .endSpec()
        .build();
  }

  private static LimitRange range(String name, String memory) {
    return new LimitRangeBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .addNewLimit()
        .withType("Container")
        .addToDefault("memory", new Quantity(memory))
        .endLimit()
        .endSpec()
        .build();
  }

  @Test
  void namesTheLimitRangeThatGaveTheLimit() {
    assertThat(LimitMapping.of(pod(SET), List.of(range("large", "1Gi"), range("small", "32Mi"))))
        .containsExactly(
            new LimitsGiven(PodMapping.ref(pod("")), "c", Map.of("memory", "32Mi"), "small"));
  }

  @Test
  void namesNoneWhereItCannotBeTold() {
    for (List<LimitRange> ranges :
        List.of(List.<LimitRange>of(), List.of(range("one", "32Mi"), range("other", "32Mi")))) {
      assertThat(LimitMapping.of(pod(SET), ranges))
          .extracting(LimitsGiven::limitRange)
          .containsExactly("");
    }
  }

  @Test
  void aRequestIsNoLimit() {
    assertThat(
            LimitMapping.of(
                pod("LimitRanger plugin set: memory request for container c"), List.of()))
        .isEmpty();
    assertThat(LimitMapping.of(pod(""), List.of())).isEmpty();
  }
}
