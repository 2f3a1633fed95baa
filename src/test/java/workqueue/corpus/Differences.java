package workqueue.corpus;

import java.util.ArrayList;
import java.util.List;

/** Tells where a judgement differs from the recorded one. */
final class Differences {
  private Differences() {}

  /**
   * One line for each claim or finding that differs; empty if none does.
   *
   * @param history what the lines call it
   */
  static List<String> between(String history, List<Statement> expected, List<Statement> actual) {
    List<String> lines = new ArrayList<>();
    claims(history, claimsOf(expected), claimsOf(actual), lines);
    List<Statement> missing = new ArrayList<>(findingsOf(expected));
    findingsOf(actual).forEach(missing::remove);
    List<Statement> added = new ArrayList<>(findingsOf(actual));
    findingsOf(expected).forEach(added::remove);
    for (Statement each : missing) {
      // A finding whose role alone differs is one difference, not two.
      Statement other =
          added.stream().filter(one -> one.finding() == each.finding()).findFirst().orElse(null);
      added.remove(other);
      lines.add(finding(history, each, role(each), role(other)));
    }
    added.forEach(each -> lines.add(finding(history, each, role(null), role(each))));
    return lines;
  }

  private static void claims(
      String history, List<Statement> expected, List<Statement> actual, List<String> lines) {
    for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
      String recorded = claim(expected, i);
      String now = claim(actual, i);
      if (!recorded.equals(now)) {
        lines.add("%s: claim %d: expected %s, actual %s".formatted(history, i + 1, recorded, now));
      }
    }
  }

  private static String claim(List<Statement> claims, int i) {
    return i < claims.size() ? claims.get(i).claim() + " " + claims.get(i).verdict() : "none";
  }

  private static String finding(String history, Statement of, String expected, String actual) {
    return "%s: finding %s: expected %s, actual %s"
        .formatted(history, of.finding(), expected, actual);
  }

  private static String role(Statement finding) {
    return finding == null ? "none" : finding.role().name();
  }

  private static List<Statement> claimsOf(List<Statement> statements) {
    return statements.stream().filter(Statement::ofClaim).toList();
  }

  private static List<Statement> findingsOf(List<Statement> statements) {
    return statements.stream().filter(each -> !each.ofClaim()).toList();
  }
}
