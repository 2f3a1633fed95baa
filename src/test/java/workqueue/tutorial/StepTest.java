package workqueue.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepTest {
  @Test
  void comeInTheDocumentedOrder() {
    assertThat(Arrays.stream(Step.values()).map(Step::id))
        .containsExactly(
            "start-service",
            "start-broker",
            "start-temporary-pod",
            "install-tools",
            "look-up-service",
            "discover-by-environment",
            "declare-queue",
            "publish-message",
            "consume-message",
            "declare-by-address",
            "declare-job-queue",
            "fill-queue",
            "make-worker-executable",
            "build-image",
            "tag-image",
            "push-image",
            "define-job",
            "run-job",
            "wait-for-job",
            "describe-job",
            "all-items-processed");
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatIsDoneAndWhatMustBeSeen(Step step) {
    assertThat(step.title()).isNotBlank().hasSizeLessThanOrEqualTo(50).doesNotEndWith(".");
    assertThat(step.seen()).isNotBlank().doesNotEndWith(".");
    for (Edition edition : Edition.values()) {
      assertThat(step.documented(edition)).isNotBlank();
    }
    assertThat(Step.of(step.id())).contains(step);
  }

  @Test
  void hasNoStepOfAnotherName() {
    assertThat(Step.of("start-redis")).isEmpty();
  }
}
