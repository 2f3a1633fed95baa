package workqueue.report;

import workqueue.Redaction;

/** Brings messages into the forms that the reports need, without passwords. */
final class Messages {
  private static final int LINE_CHARACTERS = 200;

  private Messages() {}

  /** What was thrown in words: its message, or its type if it has none. */
  static String of(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null || message.isBlank()
        ? thrown.getClass().getName()
        : Redaction.redact(message);
  }

  /** The first line that says something, shortened to what fits a console. */
  static String firstLine(String text) {
    String line =
        Redaction.redact(text)
            .lines()
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .findFirst()
            .orElse("");
    return line.length() <= LINE_CHARACTERS ? line : line.substring(0, LINE_CHARACTERS - 1) + "…";
  }
}
