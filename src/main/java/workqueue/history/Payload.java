package workqueue.history;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import workqueue.Item;

/**
 * The bytes of a message, as far as a history keeps them.
 *
 * @param digest {@code sha256:} and 64 hexadecimal digits
 * @param size in bytes
 * @param preview as {@link Item#preview()} shows it
 * @param text the whole payload, if it is UTF-8 and at most 1 KiB; otherwise null
 */
public record Payload(String digest, int size, String preview, String text) {
  private static final int KEPT_BYTES = 1024;

  public Payload {
    digest = Text.required("digest", digest);
    if (size < 0) {
      throw new IllegalArgumentException("A payload has at least 0 bytes, not " + size + ".");
    }
    preview = Text.clean(preview);
    // The file leaves empty text out; an empty payload is known by its size.
    text = size == 0 ? "" : text == null ? null : Text.clean(text);
  }

  public static Payload of(Item item) {
    byte[] body = item.body();
    return new Payload(digestOf(body), body.length, item.preview(), textOf(body));
  }

  public static Payload of(byte[] body) {
    return of(new Item(0, body));
  }

  public static Payload of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The item of this identity, with the payload as far as it was kept. */
  public Item asItem(int id) {
    return Item.of(id, text == null ? preview : text);
  }

  private static String textOf(byte[] body) {
    if (body.length > KEPT_BYTES) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException notText) {
      return null;
    }
  }

  private static String digestOf(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256.", impossible);
    }
  }
}
