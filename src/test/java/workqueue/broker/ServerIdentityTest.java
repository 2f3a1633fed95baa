package workqueue.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerIdentityTest {
  @Test
  void isWhatTheBrokerSaysOfItself() {
    ServerIdentity rabbit =
        ServerIdentity.of(
            Map.of(
                "product",
                "RabbitMQ",
                "version",
                "4.0.5",
                "capabilities",
                Map.of("publisher_confirms", true, "basic.nack", true, "none", false)));
    assertThat(rabbit)
        .isEqualTo(
            new ServerIdentity("RabbitMQ", "4.0.5", List.of("basic.nack", "publisher_confirms")));
    assertThat(rabbit.isRabbitMq()).isTrue();
    assertThat(rabbit).hasToString("RabbitMQ 4.0.5");
  }

  @Test
  void anotherBrokerIsNoRabbitMq() {
    ServerIdentity other =
        ServerIdentity.of(Map.of("product", "Apache Qpid Broker-J Core", "version", "9.2.1"));
    assertThat(other.isRabbitMq()).isFalse();
    assertThat(other.capabilities()).isEmpty();
    assertThat(other).hasToString("Apache Qpid Broker-J Core 9.2.1");
    assertThat(ServerIdentity.of(Map.of())).hasToString("a broker without a name");
  }

  @Test
  void saysWhatCannotBeDoneWithoutItsManagement() {
    ServerIdentity other = new ServerIdentity("Broker", "1", List.of());
    assertThat(ContainerBroker.unmanaged(other, "close connections"))
        .hasMessage(
            """
            Broker 1 has no management by which the harness could close connections.
            Remedy: run this scenario on RabbitMQ.""");
    assertThat(ContainerBroker.makesNoLogins(other))
        .isEqualTo(
            """
            The worker has its login or its virtual host built in, and Broker 1 has no management by \
            which the harness could make either.
            Remedy: leave out wq.worker.user, .password and .vhost, or run it on RabbitMQ.""");
  }

  @Test
  void aDepthOfAllTogetherDoesNotTellThemApart() {
    assertThat(Depth.ofAll(3, 1)).isEqualTo(new Depth(Depth.UNKNOWN, Depth.UNKNOWN, 1, 3));
    assertThat(Depth.ofAll(3, 1)).hasToString("3 ready or unacked, 1 consumers");
    assertThat(Depth.ofAll(0, 2)).isEqualTo(new Depth(0, 0, 2, 0));
  }

  @Test
  void ofAQueueWithoutConsumersAllWaits() {
    assertThat(Depth.ofAll(3, 0).isOfIdle(3)).isTrue();
    assertThat(Depth.ofAll(3, 0).isOfIdle(2)).isFalse();
    assertThat(Depth.ofAll(3, 1).isOfIdle(3)).isFalse();
    assertThat(new Depth(3, Depth.UNKNOWN, 0).isOfIdle(3)).isTrue();
    assertThat(new Depth(3, Depth.UNKNOWN, 1).isOfIdle(3)).isFalse();
  }
}
