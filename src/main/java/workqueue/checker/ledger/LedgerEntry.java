package workqueue.checker.ledger;

import java.util.List;
import workqueue.Item;
import workqueue.history.Payload;

/**
 * What became of one item.
 *
 * @param item its identity
 * @param publishedSeq the event that shows it was published
 * @param confirmed whether the broker confirmed that it got it
 * @param deliveries each time the wire saw it handed to a client
 * @param acked whether an ack took it off the queue
 * @param requeued how often it went back to the queue, as the wire saw it
 * @param work each time a worker's evidence shows that it was worked on
 * @param leftOver whether it is in the queue at the end
 */
public record LedgerEntry(
    int item,
    String queue,
    Payload payload,
    long publishedSeq,
    boolean confirmed,
    List<Delivery> deliveries,
    Sighting acked,
    int requeued,
    List<Work> work,
    Sighting leftOver) {

  /**
   * A delivery on the wire.
   *
   * @param pod the pod's name, empty if not known
   * @param ackSeq the event of its ack, 0 if there was none
   * @param acks whether it needed an ack
   * @param returnedSeq the event by which it went back to its queue, 0 if it did not; also 0 if it
   *     was only pushed ahead, to a client that had acked before and closed without touching it, as
   *     happens with each sound worker of one item a run
   */
  public record Delivery(
      long seq, String pod, boolean redelivered, boolean acks, long ackSeq, long returnedSeq) {}

  /**
   * Evidence that a worker worked on the item.
   *
   * @param pod the pod's name, empty if not known
   * @param attempt the run of its container, -1 if not known
   * @param exitCode how that run ended; null if it runs or is not known
   */
  public record Work(long seq, String pod, int attempt, Integer exitCode) {
    /** Whether this run ended badly, so that the work may have been broken off. */
    public boolean brokenOff() {
      return exitCode != null && exitCode != 0;
    }

    @Override
    public String toString() {
      return attempt > 0 ? pod + " (attempt " + attempt + ")" : pod;
    }
  }

  public LedgerEntry {
    deliveries = List.copyOf(deliveries);
    work = List.copyOf(work);
  }

  /** The deliveries that went back to the queue. */
  public List<Delivery> returned() {
    return deliveries.isEmpty()
        ? deliveries
        : deliveries.stream().filter(each -> each.returnedSeq() > 0).toList();
  }

  /** How often a run worked on it that had done so before. */
  public long againWithinOneRun() {
    if (work.size() < 2) {
      return 0;
    }
    List<String> runs =
        work.stream()
            .filter(each -> each.attempt() >= 0)
            .map(each -> each.pod() + "/" + each.attempt())
            .toList();
    return runs.size() - runs.stream().distinct().count();
  }

  /** Whether more work on it was shown than deliveries of it came back. */
  public boolean duplicated() {
    return work.stream().filter(each -> !each.brokenOff()).count() > 1 + returned().size()
        || againWithinOneRun() > returned().size();
  }

  /** Worked on, and no longer in the queue. */
  public boolean processed() {
    return !work.isEmpty() && leftOver == Sighting.NOT;
  }

  public Item asItem() {
    return payload.asItem(item);
  }
}
