package workqueue;

import java.util.regex.Pattern;

/** Takes passwords out of text before it reaches a log, a report, a history or an exception. */
public final class Redaction {
  /**
   * What is put in place of one: by kombu and aiormq asterisks, by Go's {@code net/url} x's, by
   * others a word in brackets, which may be encoded.
   */
  private static final String MASK =
      "(?:(?:\\*|%2[aA])+|xxxxx|(?:[\\[<(]|%5[bB]|%3[cC]|%28)[a-zA-Z]+(?:[\\]>)]|%5[dD]|%3[eE]|%29))";

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
