package workqueue.checker.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text as programs quote it in their logs: {@code %r} and {@code b'…'} of Python, {@code %q} of Go,
 * strings of JSON.
 */
final class Escapes {
  private static final Map<Character, Character> SINGLE =
      Map.of(
          'n', '\n', 't', '\t', 'r', '\r', '0', '\0', 'a', '\007', 'b', '\b', 'f', '\f', 'v',
          '\013');
  private static final int UNIT = 6;
  private static final Map<Character, Integer> DIGITS = Map.of('x', 2, 'u', 4, 'U', 8);

  private static final Pattern QUOTED = Pattern.compile("(?s)b?(?<mark>[\"'])(?<text>.*)\\k<mark>");

  private Escapes() {}

  /**
   * The text without the quotation marks that a program put round it; itself where there are none.
   */
  static String unquoted(String shown) {
    Matcher quoted = QUOTED.matcher(shown);
    return quoted.matches() ? quoted.group("text") : shown;
  }

  /** The text that the quoted one stands for; itself where it holds no backslash. */
  static String undone(String quoted) {
    if (quoted.indexOf('\\') < 0) {
      return quoted;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 0;
    while (at < quoted.length()) {
      char next = quoted.charAt(at);
      if (next != '\\' || at + 1 == quoted.length()) {
        int end = quoted.offsetByCodePoints(at, 1);
        bytes.writeBytes(quoted.substring(at, end).getBytes(StandardCharsets.UTF_8));
        at = end;
        continue;
      }
      char kind = quoted.charAt(at + 1);
      Integer digits = DIGITS.get(kind);
      int end = at + 2 + (digits == null ? 0 : digits);
      if (digits != null && end <= quoted.length() && isHex(quoted.substring(at + 2, end))) {
        int code = Integer.parseUnsignedInt(quoted.substring(at + 2, end), 16);
        if (kind == 'x') {
          bytes.write(code);
          at = end;
          continue;
        }
        Integer low = Character.isHighSurrogate((char) code) ? unit(quoted, end) : null;
        int whole = low == null ? code : Character.toCodePoint((char) code, (char) low.intValue());
        if (Character.isValidCodePoint(whole)) {
          bytes.writeBytes(Character.toString(whole).getBytes(StandardCharsets.UTF_8));
        }
        at = low == null ? end : end + UNIT;
      } else {
        bytes.writeBytes(
            String.valueOf(SINGLE.getOrDefault(kind, kind)).getBytes(StandardCharsets.UTF_8));
        at += 2;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /**
   * The text as a program prints it whose locale has no other characters than ASCII, as that of a
   * container without {@code LANG} is to Java: a question mark for each other one.
   */
  static String inAscii(String text) {
    return new String(text.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
  }

  /** The second half of a pair of surrogates, as JSON writes it; null if there is none. */
  private static Integer unit(String quoted, int at) {
    int end = at + UNIT;
    if (!quoted.startsWith("\\u", at)
        || end > quoted.length()
        || !isHex(quoted.substring(at + 2, end))) {
      return null;
    }
    int code = Integer.parseInt(quoted.substring(at + 2, end), 16);
    return Character.isLowSurrogate((char) code) ? code : null;
  }

  private static boolean isHex(String text) {
    return text.chars().allMatch(each -> Character.digit(each, 16) >= 0);
  }
}
