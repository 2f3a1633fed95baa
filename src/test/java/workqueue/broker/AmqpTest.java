package workqueue.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
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
}
