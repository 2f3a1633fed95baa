package workqueue.wire;

import static workqueue.wire.Method.bit;
import static workqueue.wire.Method.shortString;
import static workqueue.wire.Method.ticket;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import workqueue.history.WireEvent.Acked;
import workqueue.history.WireEvent.ConsumerCancelled;
import workqueue.history.WireEvent.Delivered;
import workqueue.history.WireEvent.LimitsAsked;
import workqueue.history.WireEvent.LoginAsked;
import workqueue.history.WireEvent.MessagePublished;
import workqueue.history.WireEvent.Rejected;
import workqueue.wire.Session.Consuming;
import workqueue.wire.Session.Conversation;
import workqueue.wire.Session.Declaring;
import workqueue.wire.Session.Getting;

/**
 * Understands what a client says; of its password it is told only whether workers were given it.
 */
final class ClientSpeaker extends Speaker {
  private static final byte[] AMQP_0_9_1 = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};

  // RabbitMQ's since 4.1.
  private static final int LEAST_FRAME_MAX = 8192;

  ClientSpeaker(Session session) {
    super(session);
  }

  @Override
  boolean isClient() {
    return true;
  }

  @Override
  boolean beginsWithFrames() {
    return false;
  }

  @Override
  boolean protocol(byte[] header) {
    session.protocol = header;
    if (Arrays.equals(header, AMQP_0_9_1)) {
      return true;
    }
    unreadable("another protocol than AMQP 0-9-1: " + hex(header));
    return false;
  }

  @Override
  void method(int channel, int method, ByteBuf in) {
    switch (method) {
      case Method.CONNECTION_START_OK -> {
        session.client = ClientProperties.client(in);
        Credentials.in(in)
            .ifPresent(
                each ->
                    tell(
                        new LoginAsked(
                            session.connection,
                            each.user(),
                            session.secrets.knows(each.password()).orElse(null))));
      }
      case Method.CONNECTION_TUNE_OK -> {
        session.channelMax = in.readUnsignedShort();
        session.frameMax = in.readUnsignedInt();
        session.heartbeat = in.readUnsignedShort();
        if (beyondWhatWasOffered()) {
          tell(
              new LimitsAsked(
                  session.connection,
                  session.client,
                  session.offeredChannelMax,
                  session.offeredFrameMax,
                  session.channelMax,
                  session.frameMax));
        }
      }
      case Method.CONNECTION_OPEN -> session.vhost = shortString(in);
      case Method.CONNECTION_CLOSE -> {
        session.closeAsked(true);
        closeAsked(0, in.readUnsignedShort(), shortString(in));
      }
      case Method.CONNECTION_CLOSE_OK -> session.closed = true;
      case Method.CHANNEL_CLOSE -> closeAsked(channel, in.readUnsignedShort(), shortString(in));
      case Method.CHANNEL_CLOSE_OK -> session.forget(channel);
      case Method.QUEUE_DECLARE -> declare(channel, in);
      case Method.BASIC_QOS -> {
        in.skipBytes(Integer.BYTES);
        session.channel(channel).prefetch = in.readUnsignedShort();
      }
      case Method.BASIC_CONSUME -> consume(channel, in);
      case Method.BASIC_CANCEL ->
          tell(new ConsumerCancelled(session.connection, channel, shortString(in), false));
      case Method.BASIC_PUBLISH -> publish(channel, in);
      case Method.BASIC_GET -> {
        ticket(in);
        Conversation conversation = session.channel(channel);
        String queue = conversation.queue(shortString(in));
        conversation.getting.add(new Getting(queue, !bit(in.readByte(), 0)));
      }
      case Method.BASIC_ACK -> {
        long tag = in.readLong();
        boolean multiple = bit(in.readByte(), 0);
        tell(
            new Passed(
                new Acked(session.connection, channel, tag, multiple),
                session.channel(channel).settle(tag, multiple)));
      }
      case Method.BASIC_REJECT -> reject(channel, in.readLong(), false, bit(in.readByte(), 0));
      case Method.BASIC_NACK -> {
        long tag = in.readLong();
        int bits = in.readByte();
        reject(channel, tag, bit(bits, 0), bit(bits, 1));
      }
      case Method.BASIC_RECOVER, Method.BASIC_RECOVER_ASYNC -> reject(channel, 0, true, true);
      case Method.CONFIRM_SELECT -> session.channel(channel).confirms = true;
      default -> {
        // Passed on all the same.
      }
    }
  }

  /** More than the broker grants, or frames smaller than newer brokers take; 0 is no limit. */
  private boolean beyondWhatWasOffered() {
    boolean moreChannels =
        session.offeredChannelMax > 0
            && (session.channelMax == 0 || session.channelMax > session.offeredChannelMax);
    boolean biggerFrames =
        session.offeredFrameMax > 0
            && (session.frameMax == 0 || session.frameMax > session.offeredFrameMax);
    return moreChannels
        || biggerFrames
        || (session.frameMax > 0 && session.frameMax < LEAST_FRAME_MAX);
  }

  private void declare(int channel, ByteBuf in) {
    ticket(in);
    String queue = shortString(in);
    int bits = in.readByte();
    Declaring declaring = new Declaring(queue, bit(bits, 0), bit(bits, 1));
    Conversation conversation = session.channel(channel);
    if (!bit(bits, 4)) {
      conversation.declaring.add(declaring);
      return;
    }
    declared(channel, declaring, null, null);
  }

  private void consume(int channel, ByteBuf in) {
    ticket(in);
    Conversation conversation = session.channel(channel);
    String queue = conversation.queue(shortString(in));
    String consumer = shortString(in);
    int bits = in.readByte();
    Consuming consuming = new Consuming(queue, !bit(bits, 1), conversation.prefetch);
    if (!bit(bits, 3)) {
      conversation.consuming.add(consuming);
      return;
    }
    consumes(channel, consumer, consuming);
  }

  private void publish(int channel, ByteBuf in) {
    ticket(in);
    String exchange = shortString(in);
    String key = shortString(in);
    long number = session.channel(channel).nextNumber();
    whenWhole(
        channel,
        payload ->
            Passed.of(
                new MessagePublished(session.connection, channel, exchange, key, number, payload)));
  }

  private void reject(int channel, long tag, boolean multiple, boolean requeue) {
    List<Delivered> settled = session.channel(channel).settle(tag, multiple);
    tell(new Passed(new Rejected(session.connection, channel, tag, multiple, requeue), settled));
  }
}
