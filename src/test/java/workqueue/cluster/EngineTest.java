package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngineTest {

  @Test
  void anUntaggedImageIsTheLatest() {
    assertThat(Engine.tagged("rabbitmq")).isEqualTo("rabbitmq:latest");
    assertThat(Engine.tagged("localhost:5000/worker")).isEqualTo("localhost:5000/worker:latest");
    assertThat(Engine.tagged("localhost:5000/worker:1")).isEqualTo("localhost:5000/worker:1");
    assertThat(Engine.tagged("worker@sha256:0a")).isEqualTo("worker@sha256:0a");
  }

  @Test
  void tellsThatNoSocketAnswers() {
    assertThat(Engine.noEngine(null))
        .hasMessage(
            """
            No Docker engine answers, and the harness starts its cluster, broker and registry in \
            one.
            Remedy: run fixtures/bootstrap, which starts an engine and prepares the images; or set \
            DOCKER_HOST to an engine that runs.""");
  }
}
