package workqueue.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryAddressTest {
  @ParameterizedTest
  @CsvSource({
    "registry.example:5000,registry.example:5000/job-wq-1",
    "registry.example:5000/team/a,registry.example:5000/team/a/job-wq-1",
    "localhost,localhost/job-wq-1",
    "docker.io/ann,docker.io/ann/job-wq-1",
    "[::1]:5000,[::1]:5000/job-wq-1"
  })
  void namesImages(String text, String image) {
    RegistryAddress address = RegistryAddress.parse(text);
    assertThat(address).hasToString(text);
    assertThat(address + "/job-wq-1").isEqualTo(image);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://r:1 | it has a scheme; leave that out.",
        "''          | it does not begin with a host.",
        "/team       | it does not begin with a host.",
        "r:x         | it does not begin with a host.",
        "ann/jobs    | an engine takes ann for a user of Docker Hub, not for a host: add a port.",
        "r:0         | its port is not between 1 and 65535.",
        "r:65536     | its port is not between 1 and 65535.",
        "r:1/Team    | its prefix is not a path of lower-case words.",
        "r:1/a//b    | its prefix is not a path of lower-case words."
      })
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> RegistryAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
