package workqueue.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Finds the frames in what one side sends, wherever the network cut it. */
final class FrameReader {
  /** Methods and headers up to this size are kept until they are whole; larger ones stay unread. */
  static final int LARGEST_GATHERED = 1 << 20;

  private static final byte[] PROTOCOL = "AMQP".getBytes(StandardCharsets.US_ASCII);
  private static final int PROTOCOL_BYTES = 8;
  private static final int FRAME_HEADER_BYTES = 7;
  private static final byte FRAME_END = (byte) 0xCE;
  private static final int METHOD = 1;
  private static final int HEADER = 2;
  private static final int BODY = 3;
  private static final int HEARTBEAT = 8;

  private final Speaker speaker;
  private Step step = Step.BEGIN;
  private int channel;
  private boolean method;
  private boolean heartbeat;
  private long left;

  FrameReader(Speaker speaker) {
    this.speaker = speaker;
  }

  /** What comes next. */
  private enum Step {
    BEGIN,
    FRAME,
    BODY_PART,
    BODY_END,
    UNREAD
  }

  /** The channel of the frame that was read last. */
  int channel() {
    return channel;
  }

  /** Whether what was read last is a method, which needs nothing further to be understood. */
  boolean isMethod() {
    return method;
  }

  /**
   * Reads a frame, or as much of a body as there is; the reader index is then behind what may be
   * passed on. Never throws: what cannot be understood is told, and from then on nothing is read.
   *
   * @return whether it read anything; if not, it needs more bytes
   */
  boolean read(ByteBuf in) {
    int before = in.readerIndex();
    try {
      return readStep(in);
    } catch (RuntimeException damaged) {
      in.readerIndex(before);
      return giveUp(in, "it cannot be understood: " + damaged.getMessage());
    }
  }

  private boolean readStep(ByteBuf in) {
    method = false;
    return in.isReadable()
        && switch (step) {
          case BEGIN -> begin(in);
          case FRAME -> frame(in);
          case BODY_PART -> bodyPart(in);
          case BODY_END -> bodyEnd(in);
          case UNREAD -> skip(in);
        };
  }

  private boolean begin(ByteBuf in) {
    int known = Math.min(PROTOCOL.length, in.readableBytes());
    boolean amqp = true;
    for (int i = 0; i < known; i++) {
      amqp &= in.getByte(in.readerIndex() + i) == PROTOCOL[i];
    }
    if (!amqp && speaker.beginsWithFrames()) {
      step = Step.FRAME;
      return frame(in);
    }
    if (!amqp) {
      boolean tls = in.getByte(in.readerIndex()) == 0x16;
      return giveUp(in, tls ? "TLS" : "it is no AMQP");
    }
    if (in.readableBytes() < PROTOCOL_BYTES) {
      return false;
    }
    byte[] header = new byte[PROTOCOL_BYTES];
    in.readBytes(header);
    step = speaker.protocol(header) ? Step.FRAME : Step.UNREAD;
    return true;
  }

  private boolean frame(ByteBuf in) {
    int start = in.readerIndex();
    int type = in.getByte(start);
    if (type != METHOD && type != HEADER && type != BODY && type != HEARTBEAT) {
      return giveUp(in, "a frame of type " + (type & 0xFF));
    }
    if (in.readableBytes() < FRAME_HEADER_BYTES) {
      return false;
    }
    int number = in.getUnsignedShort(start + 1);
    long size = in.getUnsignedInt(start + 3);
    if (type == BODY || type == HEARTBEAT) {
      channel = number;
      heartbeat = type == HEARTBEAT;
      left = size;
      in.skipBytes(FRAME_HEADER_BYTES);
      step = left == 0 ? Step.BODY_END : Step.BODY_PART;
      return true;
    }
    if (size > LARGEST_GATHERED) {
      return giveUp(in, "a method or header of " + size + " bytes");
    }
    if (in.readableBytes() < FRAME_HEADER_BYTES + size + 1) {
      return false;
    }
    if (in.getByte(start + FRAME_HEADER_BYTES + (int) size) != FRAME_END) {
      return giveUp(in, "a frame without its end");
    }
    channel = number;
    ByteBuf payload = in.slice(start + FRAME_HEADER_BYTES, (int) size);
    method = type == METHOD;
    if (method) {
      speaker.method(channel, payload.readInt(), payload);
    } else {
      speaker.header(channel, payload);
    }
    in.skipBytes(FRAME_HEADER_BYTES + (int) size + 1);
    return true;
  }

  private boolean bodyPart(ByteBuf in) {
    int part = (int) Math.min(left, in.readableBytes());
    ByteBuf bytes = in.readSlice(part);
    left -= part;
    if (!heartbeat) {
      speaker.body(channel, bytes);
    }
    if (left == 0) {
      step = Step.BODY_END;
    }
    return true;
  }

  private boolean bodyEnd(ByteBuf in) {
    if (in.getByte(in.readerIndex()) != FRAME_END) {
      return giveUp(in, "a frame without its end");
    }
    in.skipBytes(1);
    step = Step.FRAME;
    if (!heartbeat) {
      speaker.ended(channel);
    }
    return true;
  }

  private boolean giveUp(ByteBuf in, String why) {
    step = Step.UNREAD;
    speaker.unreadable(why);
    return skip(in);
  }

  private static boolean skip(ByteBuf in) {
    in.skipBytes(in.readableBytes());
    return true;
  }
}
