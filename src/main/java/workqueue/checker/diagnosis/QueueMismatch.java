package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.QUEUE_MISMATCH;

import java.util.List;

/** A worker declares a queue otherwise than it is or may be. */
final class QueueMismatch extends Cause {

  QueueMismatch() {
    super(
        QUEUE_MISMATCH,
        Scope.JOB,
        """
        A queue can be declared again only with the same durability and arguments. RabbitMQ 4 refuses queues besides that are neither
        durable nor exclusive.
        """,
        Remedy.by(Who.AUTHOR, "declare the queue as it is, or passively"),
        Remedy.by(Who.BROKER, "delete the queue, so that it is made as the worker declares it"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return seen.refused(Refusal.QUEUE_MISMATCH);
  }
}
