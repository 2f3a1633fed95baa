package workqueue.corpus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import workqueue.checker.claim.Judged;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.History;

/**
 * One thing that judging a history came to: a claim's verdict, or a finding and its role.
 *
 * @param history the name of the history's file, without its ending
 * @param claim the claim's name; null if this is of a finding
 * @param finding null if this is of a claim
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"history", "claim", "verdict", "finding", "role"})
record Statement(
    String history, String claim, Verdict verdict, FindingCode finding, Finding.Role role) {
  Statement {
    boolean ofClaim = claim != null && verdict != null && finding == null && role == null;
    boolean ofFinding = claim == null && verdict == null && finding != null && role != null;
    if (history == null || !(ofClaim || ofFinding)) {
      throw new IllegalArgumentException(
          "A statement is of a history, and of either a claim and its verdict or a finding and its"
              + " role.");
    }
  }

  boolean ofClaim() {
    return claim != null;
  }

  /** What a judgement came to: the claims in the order of the header, then the findings. */
  static List<Statement> of(String name, History history, Judged judged) {
    List<Statement> statements = new ArrayList<>();
    for (int i = 0; i < judged.judgements().size(); i++) {
      String claim = history.header().claims().get(i).claim();
      statements.add(new Statement(name, claim, judged.judgements().get(i).verdict(), null, null));
    }
    for (Finding each : judged.findings()) {
      statements.add(new Statement(name, null, null, each.code(), each.role()));
    }
    return statements;
  }
}
