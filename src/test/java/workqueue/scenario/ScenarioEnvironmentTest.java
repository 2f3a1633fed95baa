package workqueue.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import workqueue.configuration.BrokerUrl;

class ScenarioEnvironmentTest {
  @Test
  void whatIsEncryptedCannotBeWatched() {
    assertThat(ScenarioEnvironment.encrypted(BrokerUrl.parse("amqps://ann:s3cret@broker.example")))
        .isEqualTo(
            """
            The wire between workers and the broker amqps://ann:***@broker.example:5671 cannot be \
            watched: it is encrypted, so that a tap would see nothing of what passes.
            Remedy: run without wq.broker, or on a broker without TLS.""");
  }
}
