package workqueue.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.wire.Frames.PROTOCOL;
import static workqueue.wire.Frames.frame;
import static workqueue.wire.Frames.heartbeat;
import static workqueue.wire.Frames.join;
import static workqueue.wire.Frames.message;
import static workqueue.wire.Frames.method;

import com.rabbitmq.client.impl.AMQImpl.Basic;
import com.rabbitmq.client.impl.AMQImpl.Queue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import workqueue.Secrets;
import workqueue.history.Payload;
import workqueue.history.WireEvent;
import workqueue.history.WireEvent.Acked;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.Delivered;
import workqueue.history.WireEvent.MessagePublished;
import workqueue.history.WireEvent.Rejected;
import workqueue.history.WireEvent.Unreadable;
import workqueue.waiting.Aside;
import workqueue.wire.Tapped.Pair;

/** Random frames, whole and damaged, cut at random: all bytes arrive, and what is whole is told. */
class TransparencyProperties {
  private static final int MOST_FRAMES = 60;

  /** What a side says, and what of it must be told, whatever the connection is called. */
  private static final class Script {
    private final Random random;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<String> told = new ArrayList<>();

    private Script(long seed, boolean client) {
      random = new Random(seed);
      if (client) {
        bytes.writeBytes(PROTOCOL);
      }
      int frames = random.nextInt(MOST_FRAMES);
      for (int i = 0; i < frames; i++) {
        bytes.writeBytes(client ? fromClient() : fromBroker());
      }
    }

    /** The same with something in it that is no frame, from which on nothing need be told. */
    private Script damaged() {
      bytes.writeBytes(new byte[] {(byte) (9 + random.nextInt(200))});
      byte[] noise = new byte[random.nextInt(5000)];
      random.nextBytes(noise);
      bytes.writeBytes(noise);
      return this;
    }

    private byte[] fromClient() {
      int channel = 1 + random.nextInt(3);
      long tag = random.nextInt(100);
      boolean flag = random.nextBoolean();
      return switch (random.nextInt(6)) {
        case 0 -> {
          told.add(words(new Acked("-", channel, tag, flag)));
          yield method(channel, new Basic.Ack(tag, flag));
        }
        case 1 -> {
          told.add(words(new Rejected("-", channel, tag, false, flag)));
          yield method(channel, new Basic.Reject(tag, flag));
        }
        case 2 -> {
          byte[] body = body();
          Payload payload = Payload.of(body);
          told.add(words(new MessagePublished("-", channel, "e", "key", 0, payload)));
          yield mixed(
              message(channel, new Basic.Publish(0, "e", "key", flag, false), body, cut(body)));
        }
        case 3 ->
            method(channel, new Queue.Bind(0, "q", "e", "key", false, Map.of("x", List.of(1, 2))));
        default -> anySide();
      };
    }

    private byte[] fromBroker() {
      int channel = 1 + random.nextInt(3);
      long tag = random.nextInt(100);
      if (random.nextInt(3) > 0) {
        return anySide();
      }
      byte[] body = body();
      told.add(words(new Delivered("-", channel, tag, "", true, true, Payload.of(body))));
      return mixed(
          message(channel, new Basic.Deliver("c", tag, true, "e", "key"), body, cut(body)));
    }

    private byte[] anySide() {
      byte[] arguments = new byte[random.nextInt(300)];
      random.nextBytes(arguments);
      return random.nextBoolean()
          ? heartbeat()
          : frame(1, random.nextInt(65536), join(new byte[] {0, 91, 0, 3}, arguments));
    }

    /** Some heartbeats after it, as they may come anywhere. */
    private byte[] mixed(byte[] message) {
      return random.nextBoolean() ? message : join(message, heartbeat(), heartbeat());
    }

    private byte[] body() {
      byte[] body = new byte[random.nextInt(4) == 0 ? random.nextInt(100_000) : random.nextInt(50)];
      random.nextBytes(body);
      return body;
    }

    private int cut(byte[] body) {
      return Math.max(1, body.length / (1 + random.nextInt(5)));
    }

    private byte[] all() {
      return bytes.toByteArray();
    }

    /** Sends all in pieces, and then ends. */
    private void sendTo(Socket socket) {
      byte[] all = all();
      try {
        OutputStream out = socket.getOutputStream();
        for (int at = 0; at < all.length; ) {
          int piece = random.nextInt(3) == 0 ? 1 + random.nextInt(9) : 1 + random.nextInt(9000);
          int size = Math.min(piece, all.length - at);
          out.write(all, at, size);
          at += size;
        }
        socket.shutdownOutput();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** An event as text, with no name of the connection in it. */
  private static String words(WireEvent event) {
    return event.toString().replace("connection=" + event.connection(), "");
  }

  @Property(tries = 60)
  void allBytesArriveWhateverTheyAre(
      @ForAll long seed, @ForAll boolean clientDamaged, @ForAll boolean brokerDamaged)
      throws IOException {
    Script client = new Script(seed, true);
    Script broker = new Script(seed + 1, false);
    if (clientDamaged) {
      client.damaged();
    }
    if (brokerDamaged) {
      broker.damaged();
    }
    try (Tapped tapped = new Tapped();
        Pair pair = tapped.pair()) {
      CompletableFuture<byte[]> atBroker = all(pair.broker());
      CompletableFuture<byte[]> atClient = all(pair.client());
      CompletableFuture<Void> sending = Aside.run(() -> client.sendTo(pair.client()));
      broker.sendTo(pair.broker());
      sending.join();

      assertThat(atBroker.join()).isEqualTo(client.all());
      assertThat(atClient.join()).isEqualTo(broker.all());
      tapped.awaitEvent(ConnectionEnded.class);
      List<WireEvent> events =
          tapped.history().events().stream().map(each -> (WireEvent) each.event()).toList();
      assertThat(of(events, Acked.class, Rejected.class, MessagePublished.class))
          .isEqualTo(client.told);
      assertThat(of(events, Delivered.class)).isEqualTo(broker.told);
      assertThat(events.stream().filter(each -> each instanceof Unreadable).count())
          .isEqualTo((clientDamaged ? 1 : 0) + (brokerDamaged ? 1 : 0));
    }
  }

  private static List<String> of(List<WireEvent> events, Class<?>... types) {
    return events.stream()
        .filter(each -> List.of(types).contains(each.getClass()))
        .map(TransparencyProperties::words)
        .toList();
  }

  private static CompletableFuture<byte[]> all(Socket socket) {
    return Aside.supply(
        () -> {
          try {
            return socket.getInputStream().readAllBytes();
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        });
  }

  @Property(tries = 300)
  void whereverItIsCutTheSameIsRead(@ForAll long seed, @ForAll boolean damaged) {
    Script script = new Script(seed, true);
    if (damaged) {
      script.damaged();
    }
    Random cuts = new Random(seed);

    List<String> read = new ArrayList<>();
    Speaker speaker = new ClientSpeaker(new Session("-", new Secrets()));
    FrameReader reader = new FrameReader(speaker);
    ByteBuf in = Unpooled.buffer();
    byte[] all = script.all();
    for (int at = 0; at < all.length; ) {
      int size = Math.min(1 + cuts.nextInt(cuts.nextBoolean() ? 3 : 3000), all.length - at);
      in.writeBytes(all, at, size);
      at += size;
      while (reader.read(in)) {
        speaker.take().forEach(each -> read.add(words(each.event())));
      }
    }
    assertThat(read.subList(0, script.told.size())).isEqualTo(script.told);
    assertThat(read).hasSize(script.told.size() + (damaged ? 1 : 0));
  }

  @Property(tries = 2000)
  void noBytesBreakTheReader(@ForAll byte[] bytes, @ForAll boolean client) {
    Session session = new Session("-", new Secrets());
    Speaker speaker = client ? new ClientSpeaker(session) : new BrokerSpeaker(session);
    FrameReader reader = new FrameReader(speaker);
    ByteBuf in = Unpooled.wrappedBuffer(client ? join(PROTOCOL, bytes) : bytes);
    while (reader.read(in)) {
      speaker.take();
    }
    assertThat(in.readableBytes()).isLessThanOrEqualTo(bytes.length);
  }

  @Property(tries = 2000)
  void noArgumentsBreakTheSpeakers(@ForAll long seed) {
    Random random = new Random(seed);
    Session session = new Session("-", new Secrets());
    int[] classes = {10, 20, 50, 60, 85};
    for (Speaker speaker : List.of(new ClientSpeaker(session), new BrokerSpeaker(session))) {
      FrameReader reader = new FrameReader(speaker);
      byte[] arguments = new byte[random.nextInt(40)];
      random.nextBytes(arguments);
      byte[] id = {
        0, (byte) classes[random.nextInt(classes.length)], 0, (byte) (10 * random.nextInt(13))
      };
      byte[] all = join(frame(1, 1, join(id, arguments)), heartbeat());
      ByteBuf in = Unpooled.wrappedBuffer(speaker.isClient() ? join(PROTOCOL, all) : all);
      while (reader.read(in)) {
        speaker.take();
      }
      assertThat(in.isReadable()).isFalse();
    }
  }
}
