package workqueue.checker.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workqueue.history.Recorded;
import workqueue.history.WorkerEvent.LogLine;

/**
 * Lines of evidence that threads of a worker wrote piece by piece, as Python's {@code print} does
 * without a buffer: several begin on one line, and the rest of them stands there or on the next.
 */
final class MixedLines {
  private static final Pattern LITERAL = Pattern.compile("[^\\\\(\\[.*+?^${|]+");
  private static final int SHORTEST = 3;

  private final String head;
  private final List<Block> blocks = new ArrayList<>();

  /**
   * @param pattern of a line of evidence: what it begins with tells where a line begins
   */
  MixedLines(Pattern pattern) {
    Matcher literal = LITERAL.matcher(pattern.pattern());
    String begins = literal.lookingAt() ? literal.group().strip() : "";
    head = begins.length() < SHORTEST ? "" : begins;
  }

  /** A line on which several begin, and as many after it of the same run as may go on with them. */
  final class Block {
    final Recorded<LogLine> first;
    private final StringBuilder text;
    private int open;

    private Block(Recorded<LogLine> first, int beginnings) {
      this.first = first;
      this.text = new StringBuilder(first.event().text().replace(head, " "));
      this.open = beginnings - 1;
    }

    private boolean goesOnWith(LogLine line) {
      LogLine own = first.event();
      return open > 0
          && own.pod().equals(line.pod())
          && own.container().equals(line.container())
          && own.attempt() == line.attempt();
    }

    /** The items that it shows; empty if it holds anything else, so that this is not known. */
    Optional<List<String>> items(Collection<String> published) {
      String rest = text.toString();
      List<String> items = new ArrayList<>();
      for (String item :
          published.stream()
              .filter(each -> !each.isBlank() && text.indexOf(each) >= 0)
              .sorted(Comparator.comparingInt(String::length).reversed())
              .toList()) {
        for (int at = rest.indexOf(item); at >= 0; at = rest.indexOf(item)) {
          rest = rest.substring(0, at) + " " + rest.substring(at + item.length());
          items.add(item);
        }
      }
      return rest.isBlank() ? Optional.of(items) : Optional.empty();
    }
  }

  /** Takes a line in if several begin on it, or it goes on with those. */
  boolean takes(Recorded<LogLine> recorded) {
    LogLine line = recorded.event();
    int beginnings = beginnings(line.text());
    if (beginnings > 1) {
      blocks.add(new Block(recorded, beginnings));
      return true;
    }
    if (beginnings == 1) {
      return false;
    }
    for (Block block : blocks) {
      if (block.goesOnWith(line)) {
        block.text.append(' ').append(line.text());
        block.open--;
        return true;
      }
    }
    return false;
  }

  List<Block> blocks() {
    return blocks;
  }

  private int beginnings(String text) {
    int count = 0;
    for (int at = text.indexOf(head); !head.isEmpty() && at >= 0; at = text.indexOf(head, at + 1)) {
      count++;
    }
    return count;
  }
}
