package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Why a claim fails or cannot be told: one line on what, then expected, actual, difference. */
final class Explanation {
  private static final int SHOWN = 10;

  private final List<String> lines = new ArrayList<>();

  private Explanation(String first) {
    lines.add(first);
  }

  static Explanation of(String what) {
    return new Explanation(what);
  }

  Explanation expected(String what) {
    return line("expected", what);
  }

  Explanation actual(String what) {
    return line("actual", what);
  }

  Explanation missing(Collection<?> things) {
    return list("missing", things);
  }

  Explanation unexpected(Collection<?> things) {
    return list("unexpected", things);
  }

  Explanation duplicated(Collection<?> things) {
    return list("duplicated", things);
  }

  Explanation unseen(Collection<?> things) {
    return list("not seen", things);
  }

  /** Nothing where no command is known. */
  Explanation remedy(String command) {
    return command.isEmpty() ? this : line("remedy", command);
  }

  String text() {
    return String.join("\n", lines);
  }

  private Explanation list(String name, Collection<?> things) {
    if (things.isEmpty()) {
      return this;
    }
    List<String> shown = things.stream().limit(SHOWN).map(Object::toString).toList();
    String more = things.size() > SHOWN ? ", and " + (things.size() - SHOWN) + " more" : "";
    return line(name, String.join(", ", shown) + more);
  }

  private Explanation line(String name, String what) {
    lines.add("  " + name + ": " + " ".repeat(10 - name.length()) + what);
    return this;
  }
}
