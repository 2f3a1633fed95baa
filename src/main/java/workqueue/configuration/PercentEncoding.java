package workqueue.configuration;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoding of UTF-8 text in URLs (RFC 3986); unlike in forms, {@code +} means itself. */
final class PercentEncoding {
  private static final String UNRESERVED = "-._~";

  private PercentEncoding() {}

  static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (each & 0xff);
      if (character < 128
          && (Character.isLetterOrDigit(character) || UNRESERVED.indexOf(character) >= 0)) {
        encoded.append(character);
      } else {
        encoded.append(String.format("%%%02X", each & 0xff));
      }
    }
    return encoded.toString();
  }

  /** The decoded text, or nothing if two hex digits are missing after a {@code %}. */
  static Optional<String> decode(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int at = 0; at < encoded.length(); ) {
      int character = encoded.codePointAt(at);
      if (character == '%') {
        int high = at + 1 < encoded.length() ? Character.digit(encoded.charAt(at + 1), 16) : -1;
        int low = at + 2 < encoded.length() ? Character.digit(encoded.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        bytes.write(16 * high + low);
        at += 3;
      } else {
        bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
        at += Character.charCount(character);
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException malformed) {
      return Optional.empty();
    }
  }
}
