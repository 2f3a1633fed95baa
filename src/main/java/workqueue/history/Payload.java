package workqueue.history;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import workqueue.Item;
import workqueue.Sha256;

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
    return of(Sha256.digest().digest(body), body.length, item, textOf(body));
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

  private static Payload of(byte[] digest, int size, Item shown, String text) {
    return new Payload("sha256:" + HexFormat.of().formatHex(digest), size, shown.preview(), text);
  }

  /** Makes a payload of bytes that come in parts, and keeps no more of them than the payload. */
  public static final class Parts {
    private final MessageDigest digest = Sha256.digest();
    // One byte more than is kept as text, so that a longer payload is known to be longer.
    private final ByteBuffer first = ByteBuffer.allocate(KEPT_BYTES + 1);
    private int size;

    /** Takes the bytes that remain in the buffer. */
    public void add(ByteBuffer part) {
      size = Math.addExact(size, part.remaining());
      int shown = Math.min(part.remaining(), first.remaining());
      first.put(part.slice(part.position(), shown));
      digest.update(part);
    }

    /** The payload of all that was added; nothing can be added after it. */
    public Payload whole() {
      byte[] begin = Arrays.copyOf(first.array(), first.position());
      return of(digest.digest(), size, new Item(0, begin), textOf(begin));
    }
  }
}
