package workqueue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * One unit of work: the bytes that are published, with an identity of their own.
 *
 * <p>Two items may have equal bytes: they are told apart by {@link #id()}.
 */
public final class Item {
  private static final int PREVIEW_CHARACTERS = 40;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final int id;
  private final byte[] body;

  /**
   * @param id position in the order of publishing, from 0
   * @param body the payload, copied; may be empty
   * @throws IllegalArgumentException if the id is negative
   */
  public Item(int id, byte[] body) {
    if (id < 0) {
      throw new IllegalArgumentException("An item's id counts from 0, not " + id + ".");
    }
    this.id = id;
    this.body = body.clone();
  }

  public static Item of(int id, String text) {
    return new Item(id, text.getBytes(StandardCharsets.UTF_8));
  }

  public int id() {
    return id;
  }

  /** A copy of the payload. */
  public byte[] body() {
    return body.clone();
  }

  /** The payload as text, control characters as {@code .}, at most 40 characters. */
  public String preview() {
    String text = new String(body, StandardCharsets.UTF_8);
    // First cut, then replaced: most of what is previewed is long.
    String shown =
        text.length() <= PREVIEW_CHARACTERS
            ? text
            : text.substring(0, PREVIEW_CHARACTERS - 1) + "…";
    return CONTROL.matcher(shown).replaceAll(".");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Item item && item.id == id && Arrays.equals(item.body, body);
  }

  @Override
  public int hashCode() {
    return 31 * id + Arrays.hashCode(body);
  }

  @Override
  public String toString() {
    return "item " + id + " (" + preview() + ")";
  }
}
