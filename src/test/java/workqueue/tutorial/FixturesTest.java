package workqueue.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import workqueue.EnvironmentTrouble;

class FixturesTest {
  @ParameterizedTest
  @EnumSource
  void areThereInTheRepository(Edition edition) {
    Fixtures fixtures = Fixtures.ofRepository();
    assertThat(fixtures.job()).isRegularFile();
    assertThat(fixtures.service(edition)).isRegularFile();
    assertThat(fixtures.broker(edition)).isRegularFile();
    assertThat(fixtures.workerContext().resolve("Dockerfile")).isRegularFile();
    assertThat(fixtures.workerProgram()).isRegularFile();
  }

  @Test
  void mayBeAnotherFolder(@TempDir Path folder) {
    Fixtures fixtures = new Fixtures(folder);
    assertThat(fixtures.job()).isEqualTo(folder.resolve("job.yaml"));
    assertThat(fixtures.broker(Edition.CLASSIC))
        .isEqualTo(folder.resolve("editions/classic/rabbitmq-controller.yaml"));
    assertThat(fixtures.workerProgram()).isEqualTo(folder.resolve("worker/worker.py"));
  }

  @Test
  void areAFolder() {
    assertThatThrownBy(() -> new Fixtures(Path.of("no-such")))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            "There is no folder no-such in %s.\nRun from the repository's root."
                .formatted(Path.of("").toAbsolutePath()));
  }
}
