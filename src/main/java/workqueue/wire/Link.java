package workqueue.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import workqueue.EnvironmentTrouble;
import workqueue.history.Recorded;
import workqueue.history.WireEvent;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.End;

/** A client's connection and the one to the broker that it is led to; lives on one event loop. */
// What fails while a connection is closed is of no matter, and tasks on the loop are the tap's own.
@SuppressWarnings("FutureReturnValueIgnored")
final class Link {
  /** Within which a loop that is not stuck has come to a task, and the system has given a port. */
  static final Duration LOOP = Duration.ofSeconds(30);

  private static final int CONNECT_MILLIS = 5_000;

  private final WireTap tap;
  private final String name;
  private final SocketChannel client;
  private final Session session;
  private final Lane fromClient;
  private final Lane fromBroker;
  private SocketChannel broker;
  private boolean connecting;
  private boolean silent;
  private boolean told;
  private boolean over;
  private boolean reset;

  Link(WireTap tap, Holds holds, String name, SocketChannel client) {
    this.tap = tap;
    this.name = name;
    this.client = client;
    this.session = new Session(name, tap.secrets());
    this.fromClient = new Lane(this, holds, new ClientSpeaker(session));
    this.fromBroker = new Lane(this, holds, new BrokerSpeaker(session));
    client.pipeline().addLast(fromClient);
  }

  String name() {
    return name;
  }

  boolean isOver() {
    return over;
  }

  boolean isSilent() {
    return silent;
  }

  long delayNanos() {
    return tap.delayNanos();
  }

  <E extends WireEvent> Recorded<E> record(E event) {
    return tap.record(event);
  }

  /** Does something on the loop; it is done when this returns. */
  void run(Runnable task) {
    EventLoop loop = client.eventLoop();
    if (loop.inEventLoop()) {
      task.run();
    } else if (!loop.isShuttingDown()) {
      var done = loop.submit(task);
      if (!done.awaitUninterruptibly(LOOP.toMillis())) {
        throw new EnvironmentTrouble(
            "The wire tap's thread did not come to connection %s within %d s."
                .formatted(name, LOOP.toSeconds()));
      }
      if (!done.isSuccess()) {
        throw new IllegalStateException("The wire tap failed.", done.cause());
      }
    }
  }

  /** Leads the client to the broker. */
  void connect(Supplier<InetSocketAddress> upstream) {
    if (connecting || over) {
      return;
    }
    connecting = true;
    CompletableFuture.supplyAsync(upstream, tap.lookUps())
        .whenCompleteAsync(
            (address, failure) -> {
              if (failure == null) {
                connect(address);
              } else {
                unreached("the broker's address is not known: " + failure.getMessage());
              }
            },
            client.eventLoop());
  }

  private void connect(InetSocketAddress address) {
    ChannelFuture connected =
        new Bootstrap()
            .group(client.eventLoop())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(fromBroker)
            .connect(address);
    connected.addListener(
        done -> {
          if (done.isSuccess()) {
            join((SocketChannel) connected.channel());
          } else {
            unreached(done.cause().getMessage());
          }
        });
  }

  private void join(SocketChannel connected) {
    if (over) {
      close(connected, reset);
      return;
    }
    broker = connected;
    fromClient.lead(broker, fromBroker);
    fromBroker.lead(client, fromClient);
    fromBroker.pump();
    fromClient.pump();
  }

  private void unreached(String why) {
    end(End.UNREACHED, false, why);
    close(false);
  }

  /** A side ended, and all that it had sent before was passed on. */
  void ended(Lane lane, boolean reset) {
    if (over) {
      return;
    }
    if (reset) {
      end(End.RESET, lane.isClient(), "");
      close(true);
      return;
    }
    if (session.closed) {
      end(End.CLOSED, session.closeAskedByClient, "");
    } else {
      end(End.BROKEN, lane.isClient(), "");
    }
    if (fromClient.isOver() && fromBroker.isOver()) {
      close(false);
    } else {
      (lane == fromClient ? broker : client).shutdownOutput();
    }
  }

  /** Ends it from here. */
  void cut(boolean reset, String why) {
    run(
        () -> {
          end(End.CUT, false, why);
          close(reset);
        });
  }

  /** Goes silent, or speaks again: the sockets stay open, and nothing passes. */
  void silence(boolean on, Supplier<InetSocketAddress> upstream) {
    run(
        () -> {
          if (over || silent == on) {
            return;
          }
          silent = on;
          if (on) {
            record(new ConnectionEnded(name, End.SILENT, false, "the tap lets nothing pass"));
          } else {
            record(new WireEvent.Released(name, "the tap lets pass again"));
            connect(upstream);
            fromClient.pump();
            fromBroker.pump();
          }
        });
  }

  private void end(End how, boolean byClient, String detail) {
    if (!told) {
      told = true;
      boolean byBroker = !byClient && how != End.CUT && !silent;
      Long silentFor = byBroker ? fromClient.silentMillis() : null;
      record(new ConnectionEnded(name, how, byClient, detail, silentFor));
    }
  }

  private void close(boolean byReset) {
    if (over) {
      return;
    }
    over = true;
    // The connection to the broker may still be on its way.
    reset = byReset;
    fromClient.drop();
    fromBroker.drop();
    close(client, reset);
    if (broker != null) {
      close(broker, reset);
    }
    tap.forget(this);
  }

  private static void close(SocketChannel channel, boolean reset) {
    if (reset && channel.isOpen()) {
      channel.config().setSoLinger(0);
    }
    channel.close();
  }
}
