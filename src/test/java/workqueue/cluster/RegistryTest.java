package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryTest {
  @ParameterizedTest
  @CsvSource({
    "worker, localhost:5000/worker:latest",
    "worker:1, localhost:5000/worker:1",
    "team/worker:1, localhost:5000/team/worker:1",
    "registry.example:5000/team/worker, localhost:5000/team/worker:latest",
    "registry.example:5000/team/worker:1, localhost:5000/team/worker:1",
    "worker@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,"
        + " localhost:5000/worker:sha256-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  })
  void keepsAnImageFromElsewhereUnderItsOwnPathAndTag(String image, String reference) {
    assertThat(new Registry("localhost:5000").referenceTo(image)).isEqualTo(reference);
  }
}
