package workqueue.broker;

import io.fabric8.kubernetes.client.PortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import workqueue.EnvironmentTrouble;

/**
 * A port of this machine that leads into a pod, and stays when that is another pod later: a port
 * that is closed and bound again can be taken meanwhile, and while a thread still returns from
 * accepting, Linux refuses it even to its former owner.
 */
final class PodPort implements AutoCloseable {
  /** Joins a connection with the port of the pod of now; does not wait for what comes of it. */
  @FunctionalInterface
  interface Way {
    PortForward join(ReadableByteChannel in, WritableByteChannel out);
  }

  private final Way way;
  private final ServerSocketChannel listener;
  private final List<PortForward> joined = new ArrayList<>();

  PodPort(Way way) {
    this.way = way;
    try {
      listener =
          ServerSocketChannel.open()
              .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException failure) {
      throw new EnvironmentTrouble("No port of this machine can lead into a pod.", failure);
    }
    Thread acceptor = new Thread(this::accept, "port " + number());
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** Where it listens, on the loopback address. */
  int number() {
    return listener.socket().getLocalPort();
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        join(listener.accept());
      } catch (ClosedChannelException done) {
        return;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private synchronized void join(SocketChannel caller) throws IOException {
    joined.removeIf(each -> !each.isAlive());
    try {
      joined.add(way.join(caller, caller));
    } catch (RuntimeException refused) {
      // The caller sees a connection that ends, as one that a pod's kubelet refuses.
      caller.close();
    }
  }

  /** Ends the connections that there are. */
  synchronized void hangUp() {
    for (PortForward each : joined) {
      try {
        each.close();
      } catch (IOException gone) {
        // It leads nowhere any more, which is all that is wanted.
      }
    }
    joined.clear();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      hangUp();
    }
  }
}
