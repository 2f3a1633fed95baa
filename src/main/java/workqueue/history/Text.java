package workqueue.history;

import workqueue.Redaction;

/** What text has to undergo before it is recorded. */
final class Text {
  private Text() {}

  /** The text without passwords, and without halves of characters, which no file can hold. */
  static String clean(String text) {
    return whole(Redaction.redact(text));
  }

  /** The name, which must be there. */
  static String required(String name, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("the field \"" + name + "\" is missing");
    }
    return clean(value);
  }

  static <T> T present(String name, T value) {
    if (value == null) {
      throw new IllegalArgumentException("the field \"" + name + "\" is missing");
    }
    return value;
  }

  private static String whole(String text) {
    StringBuilder fixed = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      fixed = fixed == null ? new StringBuilder(text) : fixed;
      fixed.setCharAt(i, '\uFFFD');
    }
    return fixed == null ? text : fixed.toString();
  }
}
