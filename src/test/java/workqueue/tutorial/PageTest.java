package workqueue.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageTest {
  @ParameterizedTest
  @EnumSource
  void saysItsCaveatsInASentence(Caveat caveat) {
    assertThat(caveat.sentence()).matches("[A-Z][^.]*\\.");
    assertThat(caveat.url())
        .isEqualTo("https://kubernetes.io/docs/tasks/job/coarse-parallel-processing-work-queue/");
  }

  @ParameterizedTest
  @EnumSource
  void saysWhereItContradictsItself(Contradiction contradiction) {
    assertThat(contradiction.editions()).isNotEmpty();
    assertThat(contradiction.says()).endsWith(".");
    assertThat(contradiction.butAlso()).endsWith(".").isNotEqualTo(contradiction.says());
    assertThat(contradiction.done()).endsWith(".");
  }

  @Test
  void mendedSomeOfThemInTheCurrentEdition() {
    assertThat(Contradiction.REPEATS_UNTIL_EMPTY.editions()).containsExactly(Edition.CLASSIC);
    assertThat(Contradiction.QUEUE_FROM_OUTSIDE.editions()).containsExactly(Edition.CURRENT);
    assertThat(Contradiction.MESSAGES_ARE_INTEGERS.editions()).containsExactly(Edition.values());
  }
}
