package workqueue.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import workqueue.EnvironmentTrouble;
import workqueue.Secrets;
import workqueue.history.Recorded;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.history.WireEvent;
import workqueue.history.WireEvent.ConnectionAttributed;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.wire.Hold.Extent;

/**
 * A transparent AMQP 0-9-1 proxy that records what passes, and can hold it.
 *
 * <p>What it says of frames is recorded after they were written to the other side's socket: an
 * {@code Acked} in the record is an ack on its way to the broker, past recall. What it does to
 * connections has happened, and is recorded, when the method returns.
 */
// What writing or closing fails with ends the connection, which is seen and recorded there.
@SuppressWarnings("FutureReturnValueIgnored")
public final class WireTap implements AutoCloseable {
  private static final int LOOPS = 2;
  private static final int BACKLOG = 512;

  private final Supplier<InetSocketAddress> upstream;
  private final Recorder recorder;
  private final Peers peers;
  private final Holds holds = new Holds();
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger opened = new AtomicInteger();
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          LOOPS, new DefaultThreadFactory("wire-tap", true), NioIoHandler.newFactory());
  private final ExecutorService lookUps =
      Executors.newCachedThreadPool(new DefaultThreadFactory("wire-tap-look-up", true));
  private volatile boolean refusing;
  private volatile boolean silent;
  private volatile long delayNanos;
  private Channel listener;

  private WireTap(Supplier<InetSocketAddress> upstream, Recorder recorder, Peers peers) {
    this.upstream = upstream;
    this.recorder = recorder;
    this.peers = peers;
  }

  /** Listens; connections are of unknown origin. */
  public static WireTap open(Supplier<InetSocketAddress> upstream, Recorder recorder) {
    return open(upstream, recorder, Peers.unknown());
  }

  /**
   * Listens on all interfaces of this machine, on a port that is free.
   *
   * @param upstream where the broker is, asked for each connection: it may have moved
   * @throws EnvironmentTrouble if no port can be had
   */
  public static WireTap open(Supplier<InetSocketAddress> upstream, Recorder recorder, Peers peers) {
    WireTap tap = new WireTap(upstream, recorder, peers);
    tap.listen();
    return tap;
  }

  private void listen() {
    ServerBootstrap server =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel client) {
                    accept(client);
                  }
                });
    var bound = server.bind(0);
    bound.awaitUninterruptibly(Link.LOOP.toMillis());
    if (!bound.isSuccess()) {
      close();
      throw new EnvironmentTrouble("The wire tap cannot listen on any port.", bound.cause());
    }
    listener = bound.channel();
  }

  private void accept(SocketChannel client) {
    InetSocketAddress peer = client.remoteAddress();
    if (peer == null) {
      // Gone again before it was looked at.
      client.close();
      return;
    }
    int port = client.localAddress().getPort();
    String name = port + "/" + opened.incrementAndGet();
    Link link = new Link(this, holds, name, client);
    links.add(link);
    record(
        new ConnectionOpened(
            name, NetUtil.toAddressString(peer.getAddress()) + ":" + peer.getPort(), ""));
    CompletableFuture.runAsync(() -> attribute(name, peer, port), lookUps);
    if (refusing) {
      link.cut(true, "refused by the tap");
    } else if (silent) {
      link.silence(true, upstream);
    } else {
      link.connect(upstream);
    }
  }

  private void attribute(String connection, InetSocketAddress peer, int port) {
    try {
      peers
          .originOf(peer, port)
          .map(each -> new ConnectionAttributed(connection, each.pod(), each.address(), each.how()))
          .ifPresent(this::record);
    } catch (RuntimeException failure) {
      record(new ConnectionAttributed(connection, "", "", "not found: " + failure.getMessage()));
    }
  }

  /** The port it listens on. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /**
   * Arms a hold: on the first connection on which the condition comes true the frame is passed on,
   * and what the same side sends after it is held back.
   */
  public Hold holdAfter(Passing passing) {
    return holdAfter(passing, Extent.ONE_WAY);
  }

  public Hold holdAfter(Passing passing, Extent extent) {
    return holds.arm(new Hold(passing, false, extent));
  }

  /**
   * Arms a hold: on the first connection on which the condition comes true the frame itself is held
   * back, and what the same side sends after it. A message is held back with its body: one of more
   * than 1 MiB passes, for it would have to be kept.
   */
  public Hold holdBefore(Passing passing) {
    return holdBefore(passing, Extent.ONE_WAY);
  }

  public Hold holdBefore(Passing passing, Extent extent) {
    return holds.arm(new Hold(passing, true, extent));
  }

  /** Resets all connections, on both sides. */
  public void resetAll() {
    links.forEach(each -> each.cut(true, "reset"));
  }

  /** Resets all connections and each new one at once, until it is told otherwise. */
  public void refuse(boolean on) {
    refusing = on;
    if (on) {
      links.forEach(each -> each.cut(true, "refused by the tap"));
    }
  }

  /**
   * Goes silent, until it is told otherwise: all sockets stay open, new ones are taken, and nothing
   * passes either way, not even an end.
   */
  public void silence(boolean on) {
    silent = on;
    links.forEach(each -> each.silence(on, upstream));
  }

  /** Passes on later by this time what comes from now on, each way; zero ends it. */
  public void delay(Duration time) {
    delayNanos = time.toNanos();
  }

  /** Cuts all connections and listens no more. */
  @Override
  public void close() {
    refusing = true;
    if (listener != null) {
      listener.close().awaitUninterruptibly(Link.LOOP.toMillis());
    }
    links.forEach(each -> each.cut(false, "the tap was closed"));
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(Link.LOOP.toMillis());
    lookUps.shutdownNow();
  }

  /** The passwords that workers were given. */
  Secrets secrets() {
    return recorder.secrets();
  }

  long delayNanos() {
    return delayNanos;
  }

  Executor lookUps() {
    return lookUps;
  }

  <E extends WireEvent> Recorded<E> record(E event) {
    return recorder.record(Source.WIRE, event);
  }

  void forget(Link link) {
    links.remove(link);
  }
}
