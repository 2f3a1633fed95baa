package workqueue.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import workqueue.history.Payload;
import workqueue.history.WireEvent;

/** Understands what one side of a connection says. */
abstract class Speaker {
  final Session session;
  private final Map<Integer, Message> messages = new HashMap<>();
  private final List<Passed> told = new ArrayList<>();
  private boolean begun;

  Speaker(Session session) {
    this.session = session;
  }

  /** A message whose body is still to come. */
  private static final class Message {
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final Function<Payload, Passed> event;
    private final Payload.Parts body = new Payload.Parts();
    private long left = UNKNOWN;

    private Message(Function<Payload, Passed> event) {
      this.event = event;
    }
  }

  abstract boolean isClient();

  /**
   * Understands the first 8 bytes.
   *
   * @return whether they are followed by frames that the tap can read
   */
  abstract boolean protocol(byte[] header);

  /** Whether this side may begin with frames, without a protocol header. */
  abstract boolean beginsWithFrames();

  /**
   * Understands a method.
   *
   * @throws IndexOutOfBoundsException if its arguments are cut short
   */
  abstract void method(int channel, int method, ByteBuf arguments);

  /** Reads the header of a message: its class, its weight, the size of its body. */
  void header(int channel, ByteBuf header) {
    Message message = messages.get(channel);
    if (message == null) {
      return;
    }
    header.skipBytes(2 * Short.BYTES);
    message.left = header.readLong();
    if (message.left < 0 || message.left > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a body of " + Long.toUnsignedString(message.left) + " bytes");
    }
    ended(channel);
  }

  void body(int channel, ByteBuf part) {
    Message message = messages.get(channel);
    if (message == null || message.left == Message.UNKNOWN) {
      return;
    }
    message.left -= part.readableBytes();
    for (ByteBuffer each : part.nioBuffers()) {
      message.body.add(each);
    }
  }

  /** The frame ended, and with it perhaps the message. */
  void ended(int channel) {
    Message message = messages.get(channel);
    if (message != null && message.left != Message.UNKNOWN && message.left <= 0) {
      messages.remove(channel);
      told.add(message.event.apply(message.body.whole()));
    }
  }

  void unreadable(String why) {
    messages.clear();
    tell(new WireEvent.Unreadable(session.connection, isClient(), why));
  }

  final void tell(WireEvent event) {
    told.add(Passed.of(event));
  }

  final void tell(Passed passed) {
    told.add(passed);
  }

  /** Tells the event when the message that begins here is whole. */
  final void whenWhole(int channel, Function<Payload, Passed> event) {
    messages.put(channel, new Message(event));
    begun = true;
  }

  /** Whether a message began since this was asked last. */
  final boolean takeBegun() {
    boolean now = begun;
    begun = false;
    return now;
  }

  /** What was said since this was asked last. */
  final List<Passed> take() {
    if (told.isEmpty()) {
      return List.of();
    }
    List<Passed> now = List.copyOf(told);
    told.clear();
    return now;
  }

  /**
   * Tells what is declared.
   *
   * @param messages null if nobody says, as where no answer is wanted
   */
  final void declared(int channel, Session.Declaring what, Integer messages, Integer consumers) {
    session.channel(channel).declared(what.queue());
    tell(
        new WireEvent.QueueDeclared(
            session.connection,
            channel,
            what.queue(),
            what.passive(),
            what.durable(),
            messages,
            consumers));
  }

  final void consumes(int channel, String consumer, Session.Consuming how) {
    session.channel(channel).consumers.put(consumer, how);
    tell(
        new WireEvent.ConsumerStarted(
            session.connection, channel, how.queue(), consumer, how.prefetch(), how.acks()));
  }

  final void closeAsked(int channel, int code, String text) {
    tell(new WireEvent.CloseAsked(session.connection, channel, isClient(), code, text));
  }

  static String hex(byte[] bytes) {
    return ByteBufUtil.hexDump(bytes);
  }
}
