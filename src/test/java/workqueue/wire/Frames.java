package workqueue.wire;

import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.LongStringHelper;
import com.rabbitmq.client.impl.Method;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Frames as RabbitMQ's own client writes them. */
final class Frames {
  static final byte[] PROTOCOL = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
  static final String PASSWORD = "open-sesame";

  private Frames() {}

  static byte[] method(int channel, Method method) {
    try {
      return bytes(method.toFrame(channel));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** A message: its method, its header, its body in frames of this size. */
  static byte[] message(int channel, Method method, byte[] body, int frameSize) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(method(channel, method));
    byte[] header = {
      0,
      60,
      0,
      0,
      0,
      0,
      0,
      0,
      (byte) (body.length >> 24),
      (byte) (body.length >> 16),
      (byte) (body.length >> 8),
      (byte) body.length,
      0,
      0
    };
    out.writeBytes(frame(2, channel, header));
    for (int at = 0; at < body.length; at += frameSize) {
      int size = Math.min(frameSize, body.length - at);
      out.writeBytes(frame(3, channel, Arrays.copyOfRange(body, at, at + size)));
    }
    return out.toByteArray();
  }

  static byte[] frame(int type, int channel, byte[] payload) {
    return ByteBuffer.allocate(payload.length + 8)
        .put((byte) type)
        .putShort((short) channel)
        .putInt(payload.length)
        .put(payload)
        .put((byte) 0xCE)
        .array();
  }

  static byte[] heartbeat() {
    return frame(8, 0, new byte[0]);
  }

  static byte[] deliver(int channel, long tag, String consumer, String body) {
    return message(
        channel, new AMQImpl.Basic.Deliver(consumer, tag, false, "", "job1"), utf8(body), 4096);
  }

  static byte[] publish(int channel, String queue, String body) {
    return message(
        channel, new AMQImpl.Basic.Publish(0, "", queue, false, false), utf8(body), 4096);
  }

  static byte[] ack(int channel, long tag) {
    return method(channel, new AMQImpl.Basic.Ack(tag, false));
  }

  static byte[] consume(int channel, String queue, boolean noAck) {
    return method(
        channel,
        new AMQImpl.Basic.Consume(
            0, queue, "", false, noAck, false, false, Map.of("x-priority", 3)));
  }

  static byte[] consumeOk(int channel, String consumer) {
    return method(channel, new AMQImpl.Basic.ConsumeOk(consumer));
  }

  static byte[] startOk() {
    return method(
        0,
        new AMQImpl.Connection.StartOk(
            Map.of("product", "test"),
            "PLAIN",
            LongStringHelper.asLongString("\0guest\0" + PASSWORD),
            "en_US"));
  }

  static byte[] closeChannel(int channel) {
    return method(channel, new AMQImpl.Channel.Close(200, "bye", 0, 0));
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Frame frame) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      frame.writeTo(new DataOutputStream(out));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }
}
