package workqueue.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EditionTest {
  @ParameterizedTest
  @EnumSource
  void walksEveryStepInOrder(Edition edition) {
    assertThat(edition.steps()).containsExactly(Step.values());
  }

  @ParameterizedTest
  @EnumSource
  void walksAllOfThemNow(Edition edition) {
    assertThat(edition.steps()).containsExactly(Step.values());
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheDocumentedCommands(Edition edition) {
    assertThat(Step.START_TEMPORARY_POD.documented(edition)).endsWith(" " + edition.baseImage());
    assertThat(Step.INSTALL_TOOLS.documented(edition))
        .endsWith("apt-get install -y " + String.join(" ", edition.packages()));
    assertThat(Step.START_SERVICE.documented(edition)).endsWith("/rabbitmq-service.yaml");
    assertThat(edition.serviceManifest()).endsWith("/rabbitmq-service.yaml");
    assertThat(edition.brokerManifest())
        .endsWith(Step.START_BROKER.documented(edition).replaceFirst(".*/", "/"));
  }

  @Test
  void haveTheIdsOfTheirScenarios() {
    assertThat(Arrays.stream(Edition.values()).map(Edition::scenarioId))
        .containsExactly("walkthrough.classic", "walkthrough.current");
  }

  @Test
  void waitByWordsOrByACommand() {
    assertThat(Step.WAIT_FOR_JOB.documented(Edition.CLASSIC)).isEqualTo("wait a bit");
    assertThat(Step.WAIT_FOR_JOB.documented(Edition.CURRENT))
        .isEqualTo("kubectl wait --for=condition=complete --timeout=300s job/job-wq-1");
  }
}
