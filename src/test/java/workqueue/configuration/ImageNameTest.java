package workqueue.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ubuntu",
        "rabbitmq:4.3.1-management",
        "rancher/k3s:v1.36.2-k3s1",
        "Registry.example:5000/a/b_c/d--e:T_1",
        "[::1]:5000/a",
        "work-queue/node:0123456789ab",
        "a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      })
  void takesWhatEnginesTake(String name) {
    assertThat(ImageName.isValid(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "Ubuntu",
        "a:",
        "a:b:c",
        "/a",
        "a/",
        "a//b",
        "http://a/b",
        "gcr.io/<project>/job-wq-1",
        "a@sha256:12",
        "a:.b"
      })
  void refusesWhatTheyRefuse(String name) {
    assertThat(ImageName.isValid(name)).isFalse();
  }
}
