package workqueue.conformance;

import java.nio.file.Path;
import java.util.List;
import workqueue.checker.claim.Verdict;
import workqueue.report.VisitResult;

/**
 * What a cluster came to.
 *
 * @param verdict of all required checks
 * @param answers a check each, in the order in which they are told
 * @param lines the table for a terminal
 * @param result the file {@code result.json}
 * @param history the record that it can be judged on again
 */
public record Outcome(
    Verdict verdict,
    VisitResult visit,
    List<Answered> answers,
    List<String> lines,
    Path result,
    Path history) {
  public Outcome {
    answers = List.copyOf(answers);
    lines = List.copyOf(lines);
  }

  /** 0 where all required checks hold, 1 where one does not, 2 where it is not known. */
  public int exitCode() {
    return switch (verdict) {
      case VALID -> 0;
      case INVALID -> 1;
      case UNKNOWN -> 2;
    };
  }
}
