package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClusterNamesTest {

  @Test
  void aNamespaceIsReadableAndEndsWithTheRun() {
    assertThat(ScenarioNamespace.name("outcome.completions-below-items", "wq-20261122-101502-k3f9"))
        .isEqualTo("wq-outcome-completions-below-items-k3f9");
  }

  @Test
  void aLongNamespaceIsCutToALabel() {
    String name = ScenarioNamespace.name("outcome." + "very-".repeat(20) + "long", "wq-1-2-k3f9");
    assertThat(name).hasSizeLessThanOrEqualTo(63).matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    assertThat(name).endsWith("-k3f9");
  }

  @Test
  void theDistributionIsWhatFollowsThePlus() {
    assertThat(ClusterFacts.of("throwaway", "v1.36.2+k3s1", 1))
        .isEqualTo(new ClusterFacts("throwaway", "k3s", "v1.36.2+k3s1", 1));
    assertThat(ClusterFacts.of("existing", "v1.20.2+debian", 2).distribution()).isEqualTo("debian");
    assertThat(ClusterFacts.of("existing", "v1.31.0", 3).distribution()).isEqualTo("kubernetes");
  }

  @Test
  void aRightReadsAsKubernetesWritesIt() {
    assertThat(Right.all(true).stream().map(Right::toString))
        .contains("create namespaces", "create pods/exec", "watch jobs.batch")
        .doesNotHaveDuplicates();
  }

  @Test
  void rightsOnAddressesAreAskedForByTheApiThatHasThem() {
    assertThat(Right.all(true).stream().map(Right::toString))
        .contains("update endpointslices.discovery.k8s.io")
        .doesNotContain("update endpoints");
    assertThat(Right.all(false).stream().map(Right::toString))
        .contains("update endpoints")
        .doesNotContain("update endpointslices.discovery.k8s.io");
  }
}
