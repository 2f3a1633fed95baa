package workqueue.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import workqueue.tutorial.Fixtures;
import workqueue.tutorial.JobDefinition;
import workqueue.tutorial.Manifests;

class JobFieldTest {
  private final JobDefinition documented = new Manifests(Fixtures.ofRepository()).job();

  @ParameterizedTest
  @EnumSource
  void tellsAnAnswerThatKeepsItFromOneThatDropsIt(JobField field) {
    assertThat(field.isKeptIn(field.setIn(documented).toJob())).isTrue();
    assertThat(field.isKeptIn(documented.toJob())).isFalse();
  }

  @Test
  void isNamedAsKubectlExplainTakesIt() {
    assertThat(JobField.TIME_TO_LIVE.path()).isEqualTo("job.spec.ttlSecondsAfterFinished");
  }
}
