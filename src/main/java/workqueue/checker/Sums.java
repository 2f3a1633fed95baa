package workqueue.checker;

import java.util.List;
import java.util.Optional;
import workqueue.history.BrokerEvent.BrokerCounters;
import workqueue.history.Recorded;

/**
 * What was published to a queue, acked and left, and how many pods of its Jobs succeeded.
 *
 * @param published what the harness published
 * @param foreign what others published, as far as the broker's counters or the wire tell
 * @param acked how many messages acks took off the queue, at most; empty if that cannot be told
 * @param ackedBy where that is known from
 * @param succeeded as the Jobs count
 * @param left what is in the queue; empty if not known
 * @param disagreements where two sources contradict each other, each in a sentence
 * @param proof the events that the sums rest on
 */
record Sums(
    int published,
    int foreign,
    Optional<Integer> acked,
    String ackedBy,
    int succeeded,
    Optional<Integer> left,
    List<String> disagreements,
    List<Long> proof) {

  static Sums of(Picture picture, QueueView queue) {
    return new SumsBuilder(picture, queue).build();
  }

  /** How many successes no ack can account for. */
  int falseSuccesses() {
    return acked.map(count -> Math.max(0, succeeded - count)).orElse(0);
  }

  /** Whether anything contradicts that this is all that happened to the queue. */
  boolean agree() {
    return disagreements.isEmpty();
  }

  static Optional<Recorded<BrokerCounters>> counters(Picture picture, QueueView queue) {
    return picture.history.last(
        BrokerCounters.class, counters -> counters.queue().equals(queue.name));
  }
}
