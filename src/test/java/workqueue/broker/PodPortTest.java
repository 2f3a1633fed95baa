package workqueue.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.PortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PodPortTest {
  private static final int END = -1;

  private final AtomicInteger pod = new AtomicInteger(1);

  @Test
  void thePortStaysWhenThePodIsAnother() throws IOException {
    try (PodPort port = new PodPort((in, out) -> greeting(out))) {
      int number = port.number();
      try (Socket before = connect(number)) {
        assertThat(before.getInputStream().read()).isEqualTo(1);

        pod.set(2);
        port.hangUp();
        assertThat(before.getInputStream().read()).isEqualTo(END);
      }
      try (Socket after = connect(number)) {
        assertThat(after.getInputStream().read()).isEqualTo(2);
      }
      assertThat(port.number()).isEqualTo(number);
    }
  }

  @Test
  void whereNoPodAnswersTheCallerAloneIsTurnedAway() throws IOException {
    try (PodPort port =
        new PodPort(
            (in, out) -> {
              if (pod.get() == 1) {
                throw new IllegalStateException("no such pod");
              }
              return greeting(out);
            })) {
      try (Socket early = connect(port.number())) {
        assertThat(early.getInputStream().read()).isEqualTo(END);
      }
      pod.set(2);
      try (Socket late = connect(port.number())) {
        assertThat(late.getInputStream().read()).isEqualTo(2);
      }
    }
  }

  @Test
  void closedItTakesNobodyAnyMore() throws IOException {
    PodPort port = new PodPort((in, out) -> greeting(out));
    int number = port.number();
    try (Socket last = connect(number)) {
      assertThat(last.getInputStream().read()).isEqualTo(1);
      port.close();
      assertThat(last.getInputStream().read()).isEqualTo(END);
    }
    // A thread that still returns from accepting keeps the port for a moment.
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> connect(number).close())
                    .isInstanceOf(ConnectException.class));
  }

  private static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  /** Tells which pod it is, and stays until it is closed. */
  private PortForward greeting(WritableByteChannel out) {
    try {
      out.write(ByteBuffer.wrap(new byte[] {pod.byteValue()}));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return new PortForward() {
      @Override
      public boolean isAlive() {
        return out.isOpen();
      }

      @Override
      public boolean errorOccurred() {
        return false;
      }

      @Override
      public Collection<Throwable> getClientThrowables() {
        return List.of();
      }

      @Override
      public Collection<Throwable> getServerThrowables() {
        return List.of();
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }
}
