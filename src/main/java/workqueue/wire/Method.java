package workqueue.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The methods of AMQP 0-9-1 that the tap understands, as class and method in one number, and the
 * types of their arguments.
 *
 * <p>The broker client's own decoder is not used: a damaged length makes it ask for up to 2 GiB,
 * and it decodes the password with the rest. Here nothing is copied but short strings.
 */
final class Method {
  static final int CONNECTION_START_OK = 10 << 16 | 11;
  static final int CONNECTION_TUNE = 10 << 16 | 30;
  static final int CONNECTION_TUNE_OK = 10 << 16 | 31;
  static final int CONNECTION_OPEN = 10 << 16 | 40;
  static final int CONNECTION_OPEN_OK = 10 << 16 | 41;
  static final int CONNECTION_CLOSE = 10 << 16 | 50;
  static final int CONNECTION_CLOSE_OK = 10 << 16 | 51;
  static final int CONNECTION_BLOCKED = 10 << 16 | 60;
  static final int CONNECTION_UNBLOCKED = 10 << 16 | 61;
  static final int CHANNEL_CLOSE = 20 << 16 | 40;
  static final int CHANNEL_CLOSE_OK = 20 << 16 | 41;
  static final int QUEUE_DECLARE = 50 << 16 | 10;
  static final int QUEUE_DECLARE_OK = 50 << 16 | 11;
  static final int BASIC_QOS = 60 << 16 | 10;
  static final int BASIC_CONSUME = 60 << 16 | 20;
  static final int BASIC_CONSUME_OK = 60 << 16 | 21;
  static final int BASIC_CANCEL = 60 << 16 | 30;
  static final int BASIC_PUBLISH = 60 << 16 | 40;
  static final int BASIC_RETURN = 60 << 16 | 50;
  static final int BASIC_DELIVER = 60 << 16 | 60;
  static final int BASIC_GET = 60 << 16 | 70;
  static final int BASIC_GET_OK = 60 << 16 | 71;
  static final int BASIC_GET_EMPTY = 60 << 16 | 72;
  static final int BASIC_ACK = 60 << 16 | 80;
  static final int BASIC_REJECT = 60 << 16 | 90;
  static final int BASIC_RECOVER_ASYNC = 60 << 16 | 100;
  static final int BASIC_RECOVER = 60 << 16 | 110;
  static final int BASIC_NACK = 60 << 16 | 120;
  static final int CONFIRM_SELECT = 85 << 16 | 10;

  private Method() {}

  static String shortString(ByteBuf in) {
    return in.readCharSequence(in.readUnsignedByte(), StandardCharsets.UTF_8).toString();
  }

  /** Skips what every old method begins with. */
  static void ticket(ByteBuf in) {
    in.skipBytes(Short.BYTES);
  }

  /** Whether the bit is set; several of them share a byte. */
  static boolean bit(int bits, int number) {
    return (bits >> number & 1) == 1;
  }
}
