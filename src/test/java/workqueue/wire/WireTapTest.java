package workqueue.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.wire.Frames.PROTOCOL;
import static workqueue.wire.Frames.ack;
import static workqueue.wire.Frames.consume;
import static workqueue.wire.Frames.consumeOk;
import static workqueue.wire.Frames.deliver;
import static workqueue.wire.Frames.heartbeat;
import static workqueue.wire.Frames.join;

import com.rabbitmq.client.impl.AMQImpl.Basic;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import workqueue.history.Payload;
import workqueue.history.WireEvent.Acked;
import workqueue.history.WireEvent.ConnectionAttributed;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.Delivered;
import workqueue.history.WireEvent.End;
import workqueue.history.WireEvent.Released;
import workqueue.waiting.Aside;
import workqueue.waiting.Sight;
import workqueue.wire.Tapped.Pair;

/** What the tap does to connections, and what it does not. */
class WireTapTest {
  private static final int LARGE = 64 << 20;
  private static final long MOST_KEPT = 8 << 20;

  private final AtomicInteger asked = new AtomicInteger();
  private final Tapped tapped =
      new Tapped(
          (peer, port) -> {
            if (asked.incrementAndGet() == 2) {
              throw new IllegalStateException("no table");
            }
            return Optional.of(new Peers.Origin("pod-1", "10.42.0.7", "seen"));
          });

  @AfterEach
  void close() throws IOException {
    tapped.close();
  }

  private ConnectionEnded ended() {
    return tapped.awaitEvent(ConnectionEnded.class).event();
  }

  private String name() {
    return tapped.awaitEvent(ConnectionOpened.class).event().connection();
  }

  @Test
  void toldWhereAConnectionCameFromOrThatItIsNotKnown() throws IOException {
    try (Pair first = tapped.pair()) {
      tapped.awaitEvents(ConnectionAttributed.class, 1);
      try (Pair second = tapped.pair()) {
        List<ConnectionAttributed> told =
            tapped.awaitEvents(ConnectionAttributed.class, 2).stream()
                .map(each -> each.event())
                .toList();
        List<ConnectionOpened> opened =
            tapped.awaitEvents(ConnectionOpened.class, 2).stream()
                .map(each -> each.event())
                .toList();

        assertThat(told)
            .containsExactly(
                new ConnectionAttributed(opened.get(0).connection(), "pod-1", "10.42.0.7", "seen"),
                new ConnectionAttributed(
                    opened.get(1).connection(), "", "", "not found: no table"));
        assertThat(opened.get(0).peer()).isEqualTo("127.0.0.1:" + first.client().getLocalPort());
        assertThat(second.quietAtBroker()).isTrue();
      }
    }
  }

  @Test
  void anEndWithoutGoodByeIsTold() throws IOException {
    try (Pair pair = tapped.pair()) {
      pair.broker().close();
      assertThat(pair.client().getInputStream().read()).isEqualTo(-1);
      assertThat(ended()).isEqualTo(new ConnectionEnded(name(), End.BROKEN, false, ""));
    }
  }

  @Test
  void aResetIsPassedOnAsAReset() throws IOException {
    try (Pair pair = tapped.pair()) {
      pair.client().setSoLinger(true, 0);
      pair.client().close();

      assertReset(pair.broker());
      assertThat(ended()).isEqualTo(new ConnectionEnded(name(), End.RESET, true, ""));
    }
  }

  private static void assertReset(Socket socket) throws IOException {
    try {
      assertThat(socket.getInputStream().read()).as("a reset, not an end").isNotEqualTo(-1);
    } catch (SocketException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
  }

  @Test
  void whatWasSaidBeforeOneSideEndsStillArrivesAndTheOtherMayGoOn() throws IOException {
    try (Pair pair = tapped.pair()) {
      pair.clientSays(PROTOCOL, ack(1, 1));
      pair.client().shutdownOutput();

      assertThat(pair.broker().getInputStream().readAllBytes())
          .isEqualTo(join(PROTOCOL, ack(1, 1)));
      pair.brokerSays(heartbeat());
      assertThat(pair.atClient(heartbeat().length)).isEqualTo(heartbeat());
      pair.broker().close();
      assertThat(pair.client().getInputStream().read()).isEqualTo(-1);
      assertThat(ended().byClient()).isTrue();
    }
  }

  @Test
  void aBrokerThatIsNotThereEndsTheClientsConnectionAtOnce() throws IOException {
    int nobody;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = gone.getLocalPort();
    }
    try (WireTap tap =
            WireTap.open(
                () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), nobody),
                tapped.recorder);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), tap.port())) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
      assertThat(ended().end()).isEqualTo(End.UNREACHED);
      assertThat(ended().detail()).contains("Connection refused");
    }
  }

  @Test
  void aBrokerWhoseAddressIsNotKnownIsUnreachedToo() throws IOException {
    try (WireTap tap =
            WireTap.open(
                () -> {
                  throw new IllegalStateException("its container is gone");
                },
                tapped.recorder);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), tap.port())) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
      assertThat(ended().detail()).contains("its container is gone");
    }
  }

  @Test
  void resettingEndsBothSidesAndLetsNewOnesCome() throws IOException {
    try (Pair pair = tapped.pair()) {
      tapped.tap.resetAll();
      assertThat(ended()).isEqualTo(new ConnectionEnded(name(), End.CUT, false, "reset"));
      assertReset(pair.client());
      assertReset(pair.broker());
    }
    try (Pair next = tapped.pair()) {
      next.clientSays(PROTOCOL);
      assertThat(next.atBroker(PROTOCOL.length)).isEqualTo(PROTOCOL);
      tapped.tap.resetAll();
      assertReset(next.client());
      assertReset(next.broker());
    }
  }

  @Test
  void resettingEndsAConnectionToTheBrokerThatIsStillOnItsWay() throws IOException {
    CountDownLatch known = new CountDownLatch(1);
    try (WireTap tap =
            WireTap.open(
                () -> {
                  awaitBriefly(known);
                  return (InetSocketAddress) tapped.broker.getLocalSocketAddress();
                },
                tapped.recorder);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), tap.port())) {
      tapped.awaitEvents(ConnectionOpened.class, 1);
      tap.resetAll();
      assertReset(client);
      known.countDown();
      try (Socket late = tapped.broker.accept()) {
        assertReset(late);
      }
    }
  }

  private static void awaitBriefly(CountDownLatch latch) {
    try {
      assertThat(latch.await(Tapped.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void refusingEndsWhatThereIsAndWhatComesUntilItIsHealed() throws IOException {
    try (Pair pair = tapped.pair()) {
      tapped.tap.refuse(true);
      assertReset(pair.client());
      try (Socket refused = tapped.connect()) {
        assertReset(refused);
      }
      assertThat(tapped.awaitEvents(ConnectionEnded.class, 2))
          .allMatch(each -> each.event().detail().equals("refused by the tap"));
      tapped.tap.refuse(false);
    }
    try (Pair healed = tapped.pair()) {
      healed.clientSays(PROTOCOL);
      assertThat(healed.atBroker(PROTOCOL.length)).isEqualTo(PROTOCOL);
    }
  }

  @Test
  void silenceKeepsSocketsOpenAndEverythingBackUntilItIsHealed() throws IOException {
    try (Pair pair = tapped.pair()) {
      tapped.tap.silence(true);
      pair.clientSays(PROTOCOL);
      pair.brokerSays(heartbeat());
      try (Socket late = tapped.connect()) {
        Tapped.say(late, PROTOCOL);
        assertThat(pair.quietAtBroker()).isTrue();
        assertThat(pair.quietAtClient()).isTrue();
        assertThat(tapped.awaitEvents(ConnectionEnded.class, 2))
            .allMatch(each -> each.event().end() == End.SILENT);

        tapped.tap.silence(false);
        assertThat(pair.atBroker(PROTOCOL.length)).isEqualTo(PROTOCOL);
        assertThat(pair.atClient(heartbeat().length)).isEqualTo(heartbeat());
        try (Socket accepted = tapped.broker.accept()) {
          assertThat(Tapped.hear(accepted, PROTOCOL.length)).isEqualTo(PROTOCOL);
        }
        assertThat(tapped.awaitEvents(Released.class, 2)).hasSize(2);
      }
    }
  }

  @Test
  void delayKeepsOrderAndEnds() throws IOException {
    try (Pair pair = tapped.pair()) {
      tapped.tap.delay(Duration.ofMillis(300));
      long start = System.nanoTime();
      pair.clientSays(PROTOCOL);
      assertThat(pair.atBroker(PROTOCOL.length)).isEqualTo(PROTOCOL);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));

      pair.clientSays(ack(1, 1));
      tapped.tap.delay(Duration.ZERO);
      pair.clientSays(heartbeat());
      byte[] inOrder = join(ack(1, 1), heartbeat());
      assertThat(pair.atBroker(inOrder.length)).isEqualTo(inOrder);
    }
  }

  @Test
  void aHundredConnectionsAtOnce() throws IOException {
    List<Pair> pairs = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        pairs.add(tapped.pair());
      }
      byte[] asked = join(PROTOCOL, consume(1, "job1", false));
      pairs.forEach(each -> each.clientSays(asked));
      pairs.forEach(each -> assertThat(each.atBroker(asked.length)).isEqualTo(asked));
      for (int i = 0; i < pairs.size(); i++) {
        byte[] answer = join(consumeOk(1, "c"), deliver(1, 1, "c", "item " + i));
        pairs.get(i).brokerSays(answer);
        assertThat(pairs.get(i).atClient(answer.length)).isEqualTo(answer);
      }
      pairs.forEach(each -> each.clientSays(ack(1, 1)));
      pairs.forEach(each -> assertThat(each.atBroker(ack(1, 1).length)).isEqualTo(ack(1, 1)));

      assertThat(tapped.awaitEvents(Acked.class, 100))
          .extracting(each -> each.event().connection())
          .doesNotHaveDuplicates();
      assertThat(tapped.history().all(Delivered.class))
          .extracting(each -> each.event().payload().text())
          .containsAll(List.of("item 0", "item 50", "item 99"));
    } finally {
      for (Pair each : pairs) {
        each.close();
      }
    }
  }

  @Test
  void aSlowReaderSlowsTheSenderAndNothingPilesUp() throws IOException {
    byte[] body = new byte[LARGE];
    new Random(1).nextBytes(body);
    byte[] delivery = Frames.message(1, new Basic.Deliver("c", 1, false, "", "q"), body, 131064);
    try (Pair pair = tapped.pair()) {
      long before = nettyMemory();
      AtomicLong sent = new AtomicLong();
      CompletableFuture<Void> sender = sendAll(pair.broker(), delivery, sent);
      long stalled = awaitStandstill(sent);

      assertThat(sender).isNotDone();
      assertThat(stalled).isLessThan(delivery.length);
      assertThat(nettyMemory() - before).isLessThan(MOST_KEPT);
      assertThat(pair.atClient(delivery.length)).isEqualTo(delivery);
      assertThat(tapped.awaitEvent(Delivered.class).event().payload()).isEqualTo(Payload.of(body));
    }
  }

  @Test
  void aHeldSenderIsSlowedDownToo() throws IOException {
    byte[] body = new byte[LARGE];
    byte[] publication =
        Frames.message(1, new Basic.Publish(0, "", "q", false, false), body, 131064);
    try (Pair pair = tapped.pair()) {
      Hold hold = tapped.tap.holdAfter(Passing.ack());
      pair.clientSays(PROTOCOL, ack(1, 1));
      HeldConnection held = tapped.await(hold);
      long before = nettyMemory();
      AtomicLong sent = new AtomicLong();
      CompletableFuture<Void> sender = sendAll(pair.client(), publication, sent);
      awaitStandstill(sent);

      assertThat(sender).isNotDone();
      assertThat(nettyMemory() - before).isLessThan(MOST_KEPT);
      held.release();
      byte[] all = join(PROTOCOL, ack(1, 1), publication);
      assertThat(pair.atBroker(all.length)).isEqualTo(all);
    }
  }

  private static CompletableFuture<Void> sendAll(Socket socket, byte[] bytes, AtomicLong sent) {
    return Aside.run(
        () -> {
          try {
            OutputStream out = socket.getOutputStream();
            for (int at = 0; at < bytes.length; at += 65536) {
              out.write(bytes, at, Math.min(65536, bytes.length - at));
              sent.set(at);
            }
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        });
  }

  /** The count when it has not risen for a while. */
  private long awaitStandstill(AtomicLong count) {
    AtomicLong last = new AtomicLong(-1);
    return tapped.patience.await(
        "the sender to stand still",
        Tapped.LIMIT,
        Duration.ofMillis(300),
        () -> {
          long now = count.get();
          return last.getAndSet(now) == now && now > 0
              ? Sight.found(now)
              : Sight.<Long>notYet(now + " bytes");
        });
  }

  private static long nettyMemory() {
    ByteBufAllocatorMetric metric =
        ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
    return metric.usedDirectMemory() + metric.usedHeapMemory();
  }

  @Test
  void closingTheTapEndsAllAndFreesThePort() throws IOException {
    try (Pair pair = tapped.pair()) {
      int port = tapped.tap.port();
      tapped.tap.close();
      try (InputStream in = pair.client().getInputStream()) {
        assertThat(in.read()).isEqualTo(-1);
      }
      assertThat(ended().detail()).isEqualTo("the tap was closed");
      try (ServerSocket again = new ServerSocket(port)) {
        assertThat(again.isBound()).isTrue();
      }
    }
  }
}
