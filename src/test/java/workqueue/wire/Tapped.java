package workqueue.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import workqueue.history.Environment;
import workqueue.history.Event;
import workqueue.history.Evidence;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.Recorded;
import workqueue.history.Recorder;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;
import workqueue.waiting.Sight;

/** A tap over loopback, with the test on both sides of it. */
final class Tapped implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int QUIET_MILLIS = 150;

  final Patience patience = new Patience(1, Progress.NONE);
  final Recorder recorder = new Recorder(Clock.systemUTC());
  final ServerSocket broker;
  final WireTap tap;

  Tapped() {
    this(Peers.unknown());
  }

  Tapped(Peers peers) {
    try {
      broker = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    tap = WireTap.open(() -> (InetSocketAddress) broker.getLocalSocketAddress(), recorder, peers);
  }

  /** A client's socket and the one that the broker has for it. */
  record Pair(Socket client, Socket broker) implements AutoCloseable {
    void clientSays(byte[]... parts) {
      say(client, parts);
    }

    void brokerSays(byte[]... parts) {
      say(broker, parts);
    }

    /** What came to the broker; as many bytes as are expected. */
    byte[] atBroker(int expected) {
      return hear(broker, expected);
    }

    byte[] atClient(int expected) {
      return hear(client, expected);
    }

    /** Whether nothing comes for a while. */
    boolean quietAtBroker() {
      return quiet(broker);
    }

    boolean quietAtClient() {
      return quiet(client);
    }

    @Override
    public void close() throws IOException {
      client.close();
      broker.close();
    }
  }

  Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), tap.port());
    client.setTcpNoDelay(true);
    client.setSoTimeout((int) LIMIT.toMillis());
    return client;
  }

  Pair pair() throws IOException {
    Socket client = connect();
    Socket accepted = broker.accept();
    accepted.setTcpNoDelay(true);
    accepted.setSoTimeout((int) LIMIT.toMillis());
    return new Pair(client, accepted);
  }

  History history() {
    return recorder.history(
        new Header("a.b", Instant.EPOCH, Environment.unknown(), Evidence.none(), List.of()));
  }

  <E extends Event> Recorded<E> awaitEvent(Class<E> type) {
    return awaitEvents(type, 1).get(0);
  }

  <E extends Event> List<Recorded<E>> awaitEvents(Class<E> type, int count) {
    return patience.await(
        count + " × " + type.getSimpleName(),
        LIMIT,
        () -> {
          List<Recorded<E>> all = history().all(type);
          return all.size() >= count
              ? Sight.found(all)
              : Sight.<List<Recorded<E>>>notYet(history().events().toString());
        });
  }

  HeldConnection await(Hold hold) {
    return patience.await("the hold", LIMIT, hold.taken());
  }

  static void say(Socket socket, byte[]... parts) {
    try {
      socket.getOutputStream().write(Frames.join(parts));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static byte[] hear(Socket socket, int expected) {
    try {
      return socket.getInputStream().readNBytes(expected);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static boolean quiet(Socket socket) {
    try {
      socket.setSoTimeout(QUIET_MILLIS);
      socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException nothing) {
      return true;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      restore(socket);
    }
  }

  private static void restore(Socket socket) {
    try {
      socket.setSoTimeout((int) LIMIT.toMillis());
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  @Override
  public void close() throws IOException {
    tap.close();
    broker.close();
  }
}
