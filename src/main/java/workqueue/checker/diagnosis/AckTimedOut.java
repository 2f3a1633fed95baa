package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.ACK_TIMED_OUT;

import java.util.List;

/** The broker took an item back that was not acknowledged in time. */
final class AckTimedOut extends Cause {

  AckTimedOut() {
    super(
        ACK_TIMED_OUT,
        Scope.JOB,
        """
        RabbitMQ closes a channel that has had an item for longer than `consumer_timeout`, 30 minutes unless said otherwise, and gives the
        item to somebody else, while the worker still works on it.
        """,
        Remedy.by(Who.BROKER, "raise consumer_timeout above the longest work"),
        Remedy.by(Who.AUTHOR, "split the work"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return seen.refused(Refusal.ACK_TIMED_OUT);
  }
}
