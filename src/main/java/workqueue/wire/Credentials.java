package workqueue.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Who a client says that it is, by the mechanisms that send a password. */
record Credentials(String user, String password) {

  /**
   * Reads what follows the client's properties when it logs in: the mechanism, and what that sends.
   *
   * @return empty for a mechanism that sends no password
   */
  static Optional<Credentials> in(ByteBuf arguments) {
    String mechanism = Method.shortString(arguments);
    ByteBuf response = arguments.readSlice(Math.toIntExact(arguments.readUnsignedInt()));
    return switch (mechanism) {
      case "PLAIN" -> plain(response.toString(StandardCharsets.UTF_8));
      case "AMQPLAIN" -> table(response);
      default -> Optional.empty();
    };
  }

  /** Whom to act for, which nobody says, the user and the password, with a NUL before each. */
  private static Optional<Credentials> plain(String response) {
    String[] parts = response.split("\0", -1);
    return parts.length == 3 ? Optional.of(new Credentials(parts[1], parts[2])) : Optional.empty();
  }

  /** The entries of a table, without its length. */
  private static Optional<Credentials> table(ByteBuf response) {
    String user = "";
    String password = "";
    while (response.isReadable()) {
      String name = Method.shortString(response);
      if (response.readUnsignedByte() != 'S') {
        return Optional.empty();
      }
      String value =
          response
              .readSlice(Math.toIntExact(response.readUnsignedInt()))
              .toString(StandardCharsets.UTF_8);
      if (name.equals("LOGIN")) {
        user = value;
      } else if (name.equals("PASSWORD")) {
        password = value;
      }
    }
    return Optional.of(new Credentials(user, password));
  }

  @Override
  public String toString() {
    return user;
  }
}
