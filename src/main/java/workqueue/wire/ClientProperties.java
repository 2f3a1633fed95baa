package workqueue.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * What a client says of itself when it logs in: a table of AMQP 0-9-1, of which only the product
 * and its version are read.
 */
final class ClientProperties {
  private static final int MOST_CHARACTERS = 80;

  private ClientProperties() {}

  /** The product and its version, for example {@code pika 1.2.0}; what is not told is left out. */
  static String client(ByteBuf arguments) {
    String product = "";
    String version = "";
    ByteBuf table = arguments.readSlice(Math.toIntExact(arguments.readUnsignedInt()));
    while (table.isReadable()) {
      String name = Method.shortString(table);
      char type = (char) table.readUnsignedByte();
      if (type != 'S') {
        table.skipBytes(size(type, table));
        continue;
      }
      ByteBuf value = table.readSlice(Math.toIntExact(table.readUnsignedInt()));
      if (name.equals("product")) {
        product = text(value);
      } else if (name.equals("version")) {
        version = text(value);
      }
    }
    return (product + " " + version).strip();
  }

  private static String text(ByteBuf value) {
    int length = Math.min(value.readableBytes(), MOST_CHARACTERS);
    return value.toString(value.readerIndex(), length, StandardCharsets.UTF_8);
  }

  /** How many bytes of a value follow, without its length where it has one. */
  private static int size(char type, ByteBuf table) {
    return switch (type) {
      case 't', 'b', 'B' -> 1;
      case 's', 'u', 'U' -> 2;
      case 'I', 'i', 'f' -> 4;
      case 'D' -> 5;
      case 'L', 'l', 'd', 'T' -> 8;
      case 'F', 'A', 'x' -> Math.toIntExact(table.readUnsignedInt());
      case 'V' -> 0;
      default -> throw new IllegalArgumentException("a value of type " + (int) type);
    };
  }
}
