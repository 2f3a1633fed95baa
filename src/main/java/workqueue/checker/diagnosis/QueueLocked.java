package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.QUEUE_LOCKED;

import java.util.List;

/** Another connection has the queue exclusively. */
final class QueueLocked extends Cause {

  QueueLocked() {
    super(
        QUEUE_LOCKED,
        Scope.JOB,
        """
        The queue was declared exclusive, or is consumed exclusively, by another connection: nobody else may use it until that is closed.
        """,
        Remedy.by(Who.AUTHOR, "declare the queue without exclusive, and consume without it"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return seen.refused(Refusal.QUEUE_LOCKED);
  }
}
