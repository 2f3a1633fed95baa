package workqueue.checker.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.checker.view.QueueView;
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
 * @param mayEndEmptyHanded how many of those may have found the queue empty: of a Job without
 *     completions, or of one of several Jobs of one completion each
 * @param left what is in the queue; empty if not known
 * @param disagreements where two sources contradict each other, each in a sentence
 * @param proof the events that the sums rest on
 */
public record Sums(
    int published,
    int foreign,
    Optional<Integer> acked,
    String ackedBy,
    int succeeded,
    int mayEndEmptyHanded,
    Optional<Integer> left,
    List<String> disagreements,
    List<Long> proof) {

  public static Sums of(Picture picture, QueueView queue) {
    return new SumsBuilder(picture, queue).build();
  }

  /** How many successes neither an ack nor an empty queue can account for. */
  public int falseSuccesses() {
    int excused = left.map(each -> each == 0).orElse(false) ? mayEndEmptyHanded : 0;
    return acked.map(count -> Math.max(0, succeeded - count - excused)).orElse(0);
  }

  /** Whether anything contradicts that this is all that happened to the queue. */
  public boolean agree() {
    return disagreements.isEmpty();
  }

  static Optional<Recorded<BrokerCounters>> counters(Picture picture, QueueView queue) {
    return picture.history.last(
        BrokerCounters.class, counters -> counters.queue().equals(queue.name));
  }

  /** The broker's counters if they are newer than all that happened to the queue. */
  public static Optional<Recorded<BrokerCounters>> settledCounters(
      Picture picture, QueueView queue) {
    Optional<Instant> settled = queue.settledAt();
    return counters(picture, queue)
        .filter(each -> settled.map(at -> !each.event().sampledAt().isBefore(at)).orElse(false));
  }
}
