package workqueue.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import workqueue.EnvironmentTrouble;
import workqueue.configuration.BrokerUrl;

/** What is told of brokers that do not speak as workers do. */
class AmqpTest {
  private static final int GREETING = 8;

  private interface Attempt {
    void on(BrokerUrl url) throws Exception;
  }

  /** A broker that answers any greeting with another protocol's, and hangs up. */
  private static void offering(byte[] header, Attempt attempt) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answer =
          CompletableFuture.runAsync(
              () -> {
                try (Socket client = server.accept()) {
                  assertThat(client.getInputStream().readNBytes(GREETING)).hasSize(GREETING);
                  client.getOutputStream().write(header);
                } catch (IOException failure) {
                  throw new UncheckedIOException(failure);
                }
              });
      attempt.on(new BrokerUrl(false, "guest", "guest", "127.0.0.1", server.getLocalPort(), "/"));
      answer.join();
    }
  }

  @Test
  void aBrokerOfAnotherAmqpIsRefusedInASentence() throws Exception {
    offering(
        new byte[] {'A', 'M', 'Q', 'P', 3, 1, 0, 0},
        url ->
            assertThatThrownBy(() -> new Amqp(url).requireLogin())
                .isInstanceOf(EnvironmentTrouble.class)
                .hasMessage(
                    "The broker amqp://guest:***@127.0.0.1:%d speaks AMQP 1.0 only, and workers of this"
                            .formatted(url.port())
                        + " pattern speak AMQP 0-9-1."));
    offering(
        new byte[] {'A', 'M', 'Q', 'P', 1, 1, 0, 10},
        url -> {
          Amqp.Login login = new Amqp(url).logIn();
          assertThat(login.refusal()).contains(Amqp.Refusal.OTHER_AMQP);
          assertThat(login.detail()).isEqualTo("AMQP 0-10");
          assertThat(login.identity()).isEmpty();
        });
  }

  private static ScriptedBroker answeringDeclarations(String product, Method answer)
      throws IOException {
    return new ScriptedBroker(
        Map.of("product", product, "version", "1"),
        method -> method instanceof AMQImpl.Queue.Declare ? answer : null);
  }

  private static BrokerUrl url(ScriptedBroker broker) {
    return new BrokerUrl(false, "ann", "s3cret", "127.0.0.1", broker.port(), "v/1");
  }

  @Test
  void aLoginThatMayNotDeclareIsTold() throws Exception {
    try (ScriptedBroker broker =
        answeringDeclarations(
            "RabbitMQ",
            new AMQImpl.Channel.Close(
                403,
                "ACCESS_REFUSED - configure access to queue 'job1' in vhost 'v/1' refused for user"
                    + " 'ann'",
                50,
                10))) {
      assertThatThrownBy(() -> new Amqp(url(broker)).requireMayDeclare("job1"))
          .isInstanceOf(EnvironmentTrouble.class)
          .hasMessage(
              """
              User "ann" of the broker amqp://ann:***@127.0.0.1:%d/v%%2F1 may not declare queue \
              "job1": ACCESS_REFUSED - configure access to queue 'job1' in vhost 'v/1' refused for user \
              'ann'
              Remedy: let it, on RabbitMQ by rabbitmqctl set_permissions -p v/1 ann '.*' '.*' '.*', or \
              name a user that may in -Dwq.broker=<URL>."""
                  .formatted(broker.port()));
    }
  }

  @Test
  void whatALoginMayDeclareIsGoneAtOnce() throws Exception {
    List<Class<?>> asked = new CopyOnWriteArrayList<>();
    try (ScriptedBroker broker =
        new ScriptedBroker(
            Map.of("product", "RabbitMQ", "version", "1"),
            method -> {
              asked.add(method.getClass());
              return method instanceof AMQImpl.Queue.Declare
                  ? new AMQImpl.Queue.DeclareOk("job1", 0, 0)
                  : method instanceof AMQImpl.Queue.Delete ? new AMQImpl.Queue.DeleteOk(0) : null;
            })) {
      new Amqp(url(broker)).requireMayDeclare("job1");
    }
    assertThat(asked).contains(AMQImpl.Queue.Declare.class, AMQImpl.Queue.Delete.class);
  }

  @Test
  void argumentsThatABrokerDoesNotKnowKeepAScenarioFromIt() throws Exception {
    try (ScriptedBroker broker =
        answeringDeclarations(
            "Broker",
            new AMQImpl.Connection.Close(542, "Unsupported queue declare argument(s)", 50, 10))) {
      assertThatThrownBy(
              () -> new Amqp(url(broker)).declare("job1", true, Map.of("x-queue-type", "quorum")))
          .isInstanceOf(UnsupportedByBroker.class)
          .hasMessage(
              """
              Broker 1 takes no queue with {x-queue-type=quorum}: Unsupported queue declare argument(s).
              Remedy: run this scenario on RabbitMQ.""");
    }
  }

  @Test
  void argumentsThatRabbitMqRefusesAreAMistake() throws Exception {
    try (ScriptedBroker broker =
        answeringDeclarations(
            "RabbitMQ", new AMQImpl.Channel.Close(406, "PRECONDITION_FAILED - no", 50, 10))) {
      assertThatThrownBy(
              () -> new Amqp(url(broker)).declare("job1", true, Map.of("x-queue-type", "no")))
          .isExactlyInstanceOf(EnvironmentTrouble.class)
          .hasMessage(
              "Could not declare queue job1 with {x-queue-type=no} on %s: PRECONDITION_FAILED - no"
                  .formatted(url(broker)));
    }
  }
}
