package workqueue.history;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How a worker shows what it did with an item, as its author declares it.
 *
 * @param pattern for {@code LOG_PATTERN}: a regular expression whose first group is the first line
 *     of the item; for {@code OUTPUT_QUEUE}: the queue's name
 */
public record Evidence(Kind kind, String pattern) {

  /** Where the evidence is found. */
  public enum Kind {
    /** Lines of the log that name the first line of an item. */
    LOG_PATTERN,
    /** Lines of the log like {@code digest sha256:… bytes 5}, of all that was read. */
    DIGEST_LINE,
    /** Copies of the items in another queue. */
    OUTPUT_QUEUE,
    /** Nowhere: what was done with an item cannot be known. */
    NONE
  }

  public Evidence {
    Text.present("kind", kind);
    pattern = Text.clean(pattern);
    if (kind == Kind.LOG_PATTERN) {
      requireOneGroup(pattern);
    }
    if (kind == Kind.OUTPUT_QUEUE) {
      pattern = Text.required("pattern", pattern);
    }
  }

  /**
   * Lines of the log that match the pattern; its first group is the first line of the item.
   *
   * @throws IllegalArgumentException if the pattern is none, or has no group for the item
   */
  public static Evidence logPattern(String pattern) {
    return new Evidence(Kind.LOG_PATTERN, pattern);
  }

  /** What the documented worker prints: {@code Processing} and the first line of the item. */
  public static Evidence ofTutorial() {
    return logPattern("Processing (.*)");
  }

  public static Evidence digestLine() {
    return new Evidence(Kind.DIGEST_LINE, "");
  }

  public static Evidence outputQueue(String queue) {
    return new Evidence(Kind.OUTPUT_QUEUE, queue);
  }

  public static Evidence none() {
    return new Evidence(Kind.NONE, "");
  }

  private static void requireOneGroup(String pattern) {
    try {
      if (Pattern.compile(pattern).matcher("").groupCount() >= 1) {
        return;
      }
    } catch (PatternSyntaxException broken) {
      throw new IllegalArgumentException(
          "The worker's log pattern is no regular expression: " + broken.getMessage(), broken);
    }
    throw new IllegalArgumentException(
        "The worker's log pattern needs a group for the item, as in \"Processing (.*)\": "
            + pattern);
  }
}
