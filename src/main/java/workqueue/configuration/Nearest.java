package workqueue.configuration;

import java.util.List;
import java.util.Locale;

/** Finds what was probably meant by a misspelt word. */
public final class Nearest {
  private Nearest() {}

  /** The candidate with the least edits to the word, ignoring case; the first of equals. */
  public static String of(String word, List<String> candidates) {
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("Nothing to choose from for " + word + ".");
    }
    String nearest = candidates.get(0);
    int least = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int edits = edits(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (edits < least) {
        least = edits;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** Says which words are allowed, and which of them was probably meant. */
  static Mistake notAmong(String word, List<String> allowed) {
    int last = allowed.size() - 1;
    return new Mistake(
        "allowed are %s and %s. Did you mean %s?"
            .formatted(
                String.join(", ", allowed.subList(0, last)), allowed.get(last), of(word, allowed)));
  }

  /** Levenshtein's distance: insertions, deletions and substitutions. */
  static int edits(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int substituted =
            previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
        current[column] =
            Math.min(substituted, 1 + Math.min(previous[column], current[column - 1]));
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
