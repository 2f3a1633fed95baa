package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.ACKED_BUT_NOT_REPORTED;
import static workqueue.checker.diagnosis.FindingCode.CRASH_LOOP;
import static workqueue.checker.diagnosis.FindingCode.DEADLINE_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.DROPPED_BY_BROKER;
import static workqueue.checker.diagnosis.FindingCode.FOREIGN_CONSUMER;
import static workqueue.checker.diagnosis.FindingCode.LOST_ITEMS;

import java.util.List;

/** The Job ran out of its time. */
final class DeadlineExceeded extends GaveUp {

  DeadlineExceeded() {
    super(
        DEADLINE_EXCEEDED,
        Scope.JOB,
        """
        The Job was not done within `activeDeadlineSeconds`, which counts from its start, retries and waiting included. Its pods are deleted.
        """,
        Remedy.by(Who.JOB, "raise activeDeadlineSeconds, or parallelism"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return Families.join(
        Families.NO_BROKER,
        Families.REFUSED,
        Families.NO_RUN,
        Families.NO_END,
        List.of(
            DROPPED_BY_BROKER, LOST_ITEMS, ACKED_BUT_NOT_REPORTED, FOREIGN_CONSUMER, CRASH_LOOP));
  }

  @Override
  boolean is(String reason) {
    return reason.equals("DeadlineExceeded");
  }

  @Override
  Suspicion of(Ended ended) {
    Long seconds = ended.job().state().spec().activeDeadlineSeconds();
    return Suspicion.of(
            DEADLINE_EXCEEDED,
            ended.job()
                + " was not done "
                + (seconds == null ? "in its time" : "within its " + seconds + " s"))
        .proof(ended.end().seq());
  }
}
