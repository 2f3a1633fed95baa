package workqueue.broker.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that hangs up on some requests without a word, as RabbitMQ 4.0 does. */
class ManagementTest {
  private static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\n\r\n";

  private final AtomicInteger asked = new AtomicInteger();
  private ServerSocket server;
  private Management management;
  private volatile int hangsUp;
  private volatile String answer = NO_CONTENT;

  @BeforeEach
  void serve() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::answer, "server");
    thread.setDaemon(true);
    thread.start();
    management =
        Management.at("http://127.0.0.1:" + server.getLocalPort(), "guest", "not to be told");
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void answer() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        readHead(client.getInputStream());
        if (asked.incrementAndGet() > hangsUp) {
          client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException closed) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(closed);
        }
      }
    }
  }

  private static void readHead(InputStream in) throws IOException {
    int ends = 0;
    while (ends < 4) {
      int next = in.read();
      ends = next == '\r' || next == '\n' ? ends + 1 : 0;
    }
  }

  @Test
  void asksAgainOnADeadConnection() {
    hangsUp = 3;
    management.deleteVhost("one");
    assertThat(asked).hasValue(4);
  }

  @Test
  void givesUpOnAServerThatOnlyHangsUp() {
    hangsUp = 100;
    assertThatThrownBy(() -> management.deleteVhost("one"))
        .hasRootCauseInstanceOf(IOException.class)
        .message()
        .doesNotContain("not to be told");
    assertThat(asked).hasValue(4);
  }

  @Test
  void asksOnceWhereTheServerRefuses() {
    answer = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n";
    assertThatThrownBy(() -> management.createVhost("one")).isInstanceOf(RuntimeException.class);
    assertThat(asked).hasValue(1);
  }

  @Test
  void namesTheDeprecatedFeaturesInUse() {
    String body = "[{\"name\":\"transient_nonexcl_queues\"},{\"name\":\"global_qos\"}]";
    answer =
        "HTTP/1.1 200 OK\r\nContent-Length: "
            + body.length()
            + "\r\nConnection: close\r\n\r\n"
            + body;
    assertThat(management.deprecatedFeatures())
        .containsExactly("transient_nonexcl_queues", "global_qos");
  }

  @Test
  void knowsOfNoneWhereTheBrokerDoesNotTell() {
    answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    assertThat(management.deprecatedFeatures()).isEmpty();
  }
}
