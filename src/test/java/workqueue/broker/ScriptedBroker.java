package workqueue.broker;

import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.LongStringHelper;
import com.rabbitmq.client.impl.Method;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/** A broker that lets anybody in, and answers what is asked in a channel as it is told to. */
final class ScriptedBroker implements AutoCloseable {
  private static final int GREETING = 8;
  private static final int LARGEST = 1 << 17;

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Object> identity;
  private final Function<Method, Method> script;

  /**
   * @param script what is answered to a method; a {@code connection.close} ends the connection
   */
  ScriptedBroker(Map<String, Object> identity, Function<Method, Method> script) throws IOException {
    this(ServerSocketFactory.getDefault(), identity, script);
  }

  /** The same behind TLS. */
  ScriptedBroker(SSLContext tls, Map<String, Object> identity) throws IOException {
    this(tls.getServerSocketFactory(), identity, method -> null);
  }

  private ScriptedBroker(
      ServerSocketFactory sockets, Map<String, Object> identity, Function<Method, Method> script)
      throws IOException {
    this.server = sockets.createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    this.identity = identity;
    this.script = script;
    threads.execute(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      in.readNBytes(GREETING);
      send(
          out,
          0,
          new AMQImpl.Connection.Start(
              0,
              9,
              identity,
              LongStringHelper.asLongString("PLAIN"),
              LongStringHelper.asLongString("en_US")));
      for (Frame frame = Frame.readFrom(in, () -> LARGEST);
          frame != null;
          frame = Frame.readFrom(in, () -> LARGEST)) {
        if (frame.getType() != com.rabbitmq.client.AMQP.FRAME_METHOD) {
          continue;
        }
        Method answer = answer(AMQImpl.readMethodFrom(frame.getInputStream()));
        if (answer != null) {
          send(out, answer instanceof AMQImpl.Connection.Close ? 0 : frame.getChannel(), answer);
        }
      }
    } catch (IOException gone) {
      // So it is for whoever does not trust it, or has asked all.
    }
  }

  private Method answer(Method asked) {
    if (asked instanceof AMQImpl.Connection.StartOk) {
      return new AMQImpl.Connection.Tune(0, LARGEST, 0);
    }
    if (asked instanceof AMQImpl.Connection.Open) {
      return new AMQImpl.Connection.OpenOk("");
    }
    if (asked instanceof AMQImpl.Connection.Close) {
      return new AMQImpl.Connection.CloseOk();
    }
    if (asked instanceof AMQImpl.Channel.Open) {
      return new AMQImpl.Channel.OpenOk(LongStringHelper.asLongString(""));
    }
    return script.apply(asked);
  }

  private static void send(DataOutputStream out, int channel, Method method) throws IOException {
    method.toFrame(channel).writeTo(out);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
