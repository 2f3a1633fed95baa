package workqueue.observer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** In which words it is told why sight was lost. */
class SightsTest {
  @Test
  void anAnswerOfTheApiServerIsToldByWhatItSays() {
    assertThat(
            Sights.words(
                new KubernetesClientException(
                    new StatusBuilder().withCode(500).withMessage("dial tcp: refused").build())))
        .isEqualTo("dial tcp: refused");
  }

  @Test
  void allElseIsToldByItsFirstLine() {
    assertThat(Sights.words(new KubernetesClientException("no answer\nat all")))
        .isEqualTo("no answer");
    assertThat(Sights.words(new UncheckedIOException(new IOException("cut")))).isEqualTo("cut");
    assertThat(Sights.words(new IllegalStateException())).isEqualTo("IllegalStateException");
  }
}
