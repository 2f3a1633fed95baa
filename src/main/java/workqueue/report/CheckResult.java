package workqueue.report;

import java.util.List;
import java.util.Objects;
import workqueue.checker.claim.Verdict;

/**
 * What a cluster came to in one check.
 *
 * @param id of the check, for example {@code namespace.quota-room}
 * @param level {@code required}, {@code recommended} or {@code informational}
 * @param outcome whether it holds, whatever that counts for
 * @param inferred whether that follows from what was tried or read, rather than from what was done
 * @param owner who can fix it
 * @param said what was seen, in a sentence
 * @param missing the rights without which it was not seen
 */
public record CheckResult(
    String id,
    String level,
    Verdict outcome,
    boolean inferred,
    String owner,
    String said,
    List<String> missing) {
  public CheckResult {
    Objects.requireNonNull(id);
    Objects.requireNonNull(level);
    Objects.requireNonNull(outcome);
    missing = List.copyOf(missing);
  }
}
