package workqueue;

import java.util.regex.Pattern;

/** Takes passwords out of text before it reaches a log, a report, a history or an exception. */
public final class Redaction {
  /** What libraries put in place of one: kombu and aiormq asterisks, Go's {@code net/url} x's. */
  private static final String MASK =
      "(?:(?:\\*|%2[aA])+|xxxxx|[\\[<](?i:redacted|filtered|hidden|masked|password)[\\]>])";

  private static final Pattern USER_INFO =
      Pattern.compile(
          "(?<scheme>\\b[a-zA-Z][a-zA-Z0-9+.-]*://)(?<user>[^\\s:/@]*):(?!"
              + MASK
              + "@[^\\s/@]*(?:[\\s/]|$))[^\\s/]*@");

  private Redaction() {}

  /**
   * Replaces the password in every URL in the text by {@code ***}; the user name stays, and so does
   * what stands for a password already.
   */
  public static String redact(String text) {
    if (text == null) {
      return "";
    }
    // Most texts hold no URL, and this is much the quicker look.
    return text.contains("://")
        ? USER_INFO.matcher(text).replaceAll("${scheme}${user}:***@")
        : text;
  }
}
