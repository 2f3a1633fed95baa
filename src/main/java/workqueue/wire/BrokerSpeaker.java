package workqueue.wire;

import static workqueue.wire.Method.bit;
import static workqueue.wire.Method.shortString;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import workqueue.history.Payload;
import workqueue.history.WireEvent.ConsumerCancelled;
import workqueue.history.WireEvent.Delivered;
import workqueue.history.WireEvent.MessageReturned;
import workqueue.history.WireEvent.PublishAnswered;
import workqueue.history.WireEvent.PublishingBlocked;
import workqueue.history.WireEvent.QueueFoundEmpty;
import workqueue.history.WireEvent.RefusedByBroker;
import workqueue.history.WireEvent.SessionOpened;
import workqueue.wire.Session.Consuming;
import workqueue.wire.Session.Conversation;
import workqueue.wire.Session.Declaring;
import workqueue.wire.Session.Getting;

/** Understands what the broker says. */
final class BrokerSpeaker extends Speaker {
  private static final int SUCCESS = 200;

  BrokerSpeaker(Session session) {
    super(session);
  }

  @Override
  boolean isClient() {
    return false;
  }

  @Override
  boolean beginsWithFrames() {
    return true;
  }

  @Override
  boolean protocol(byte[] header) {
    if (!Arrays.equals(header, session.protocol)) {
      String text = "the client's protocol is not spoken here, but " + hex(header);
      tell(new RefusedByBroker(session.connection, 0, 0, text));
    }
    unreadable("a protocol header instead of frames: " + hex(header));
    return false;
  }

  @Override
  void method(int channel, int method, ByteBuf in) {
    switch (method) {
      case Method.CONNECTION_TUNE -> {
        session.offeredChannelMax = in.readUnsignedShort();
        session.offeredFrameMax = in.readUnsignedInt();
      }
      case Method.CONNECTION_OPEN_OK ->
          tell(
              new SessionOpened(
                  session.connection,
                  session.vhost,
                  session.channelMax,
                  session.frameMax,
                  session.heartbeat,
                  session.client));
      case Method.CONNECTION_CLOSE -> {
        session.closeAsked(false);
        close(0, in.readUnsignedShort(), shortString(in));
      }
      case Method.CONNECTION_CLOSE_OK -> session.closed = true;
      case Method.CONNECTION_BLOCKED ->
          tell(new PublishingBlocked(session.connection, true, shortString(in)));
      case Method.CONNECTION_UNBLOCKED ->
          tell(new PublishingBlocked(session.connection, false, ""));
      case Method.CHANNEL_CLOSE -> close(channel, in.readUnsignedShort(), shortString(in));
      case Method.CHANNEL_CLOSE_OK -> session.forget(channel);
      case Method.QUEUE_DECLARE_OK -> declared(channel, in);
      case Method.BASIC_CONSUME_OK -> consumes(channel, shortString(in));
      case Method.BASIC_CANCEL ->
          tell(new ConsumerCancelled(session.connection, channel, shortString(in), true));
      case Method.BASIC_DELIVER -> deliver(channel, in);
      case Method.BASIC_GET_OK -> got(channel, in);
      case Method.BASIC_GET_EMPTY -> gotNothing(channel);
      case Method.BASIC_RETURN -> {
        int code = in.readUnsignedShort();
        String text = shortString(in);
        String exchange = shortString(in);
        String key = shortString(in);
        whenWhole(
            channel,
            payload ->
                Passed.of(
                    new MessageReturned(
                        session.connection, channel, exchange, key, code, text, payload)));
      }
      case Method.BASIC_ACK -> answer(channel, in, true);
      case Method.BASIC_NACK -> answer(channel, in, false);
      default -> {
        // Passed on all the same.
      }
    }
  }

  private void close(int channel, int code, String text) {
    if (code == SUCCESS) {
      closeAsked(channel, code, text);
    } else {
      tell(new RefusedByBroker(session.connection, channel, code, text));
    }
  }

  private void declared(int channel, ByteBuf in) {
    Declaring asked = session.channel(channel).declaring.poll();
    String queue = shortString(in);
    declared(
        channel,
        new Declaring(queue, asked != null && asked.passive(), asked != null && asked.durable()),
        (int) in.readUnsignedInt(),
        (int) in.readUnsignedInt());
  }

  private void consumes(int channel, String consumer) {
    Consuming asked = session.channel(channel).consuming.poll();
    if (asked != null) {
      consumes(channel, consumer, asked);
    }
  }

  private void deliver(int channel, ByteBuf in) {
    Consuming consumer = session.channel(channel).consumers.get(shortString(in));
    long tag = in.readLong();
    boolean redelivered = bit(in.readByte(), 0);
    String queue = consumer == null ? "" : consumer.queue();
    boolean acks = consumer == null || consumer.acks();
    whenWhole(channel, payload -> delivered(channel, tag, queue, redelivered, acks, payload));
  }

  private void got(int channel, ByteBuf in) {
    Getting asked = session.channel(channel).getting.poll();
    long tag = in.readLong();
    boolean redelivered = bit(in.readByte(), 0);
    String queue = asked == null ? "" : asked.queue();
    boolean acks = asked == null || asked.acks();
    whenWhole(channel, payload -> delivered(channel, tag, queue, redelivered, acks, payload));
  }

  private void gotNothing(int channel) {
    Conversation conversation = session.channel(channel);
    Getting asked = conversation.getting.poll();
    if (asked != null && conversation.isTimeToTellOfNothing()) {
      tell(new QueueFoundEmpty(session.connection, channel, asked.queue()));
    }
  }

  private Passed delivered(
      int channel, long tag, String queue, boolean redelivered, boolean acks, Payload payload) {
    Delivered event =
        new Delivered(session.connection, channel, tag, queue, redelivered, acks, payload);
    session.channel(channel).delivered(event);
    return new Passed(event, List.of(event));
  }

  private void answer(int channel, ByteBuf in, boolean confirmed) {
    long number = in.readLong();
    boolean multiple = bit(in.readByte(), 0);
    tell(new PublishAnswered(session.connection, channel, number, multiple, confirmed));
  }
}
