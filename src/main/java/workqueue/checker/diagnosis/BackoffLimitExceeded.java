package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.BACKOFF_LIMIT_EXCEEDED;

import java.util.ArrayList;
import java.util.List;
import workqueue.Counted;

/** The Job gave up after its retries. */
public final class BackoffLimitExceeded extends GaveUp {

  BackoffLimitExceeded() {
    super(
        BACKOFF_LIMIT_EXCEEDED,
        Scope.JOB,
        """
        More pods failed, or containers were restarted more often, than `backoffLimit` allows. It is what a Job makes of failures: a root only
        where nothing is known of the failures themselves.
        """,
        Remedy.by(Who.AUTHOR, "see why the worker fails"),
        Remedy.by(Who.JOB, "raise backoffLimit, if such failures are expected"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return Families.FAILURES;
  }

  @Override
  boolean is(String reason) {
    return reason.equals("BackoffLimitExceeded");
  }

  @Override
  Suspicion of(Ended ended) {
    List<Long> proof = new ArrayList<>(List.of(ended.end().seq()));
    ended.failed().forEach(run -> proof.addAll(run.proof()));
    return Suspicion.of(
            BACKOFF_LIMIT_EXCEEDED,
            ended.job()
                + " gave up after more than "
                + Counted.of(ended.job().state().spec().backoffLimit(), "retry")
                + ended.lastSaid().map(said -> " (last: " + said + ")").orElse(""))
        .pods(ended.pods())
        .proof(proof);
  }
}
