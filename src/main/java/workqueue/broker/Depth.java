package workqueue.broker;

/**
 * What a queue holds at an instant.
 *
 * @param ready messages that wait for a consumer
 * @param unacked messages that consumers hold; {@link #UNKNOWN} where the source cannot tell
 * @param consumers how many are subscribed
 * @param total both in one number, where the source counts them so; else {@link #UNKNOWN}
 */
public record Depth(long ready, long unacked, long consumers, long total) {
  /** Stands for a number that the source does not give. */
  public static final long UNKNOWN = -1;

  public Depth(long ready, long unacked, long consumers) {
    this(ready, unacked, consumers, UNKNOWN);
  }

  /** Of a source that counts what consumers hold among what waits. */
  static Depth ofAll(long total, long consumers) {
    // Of none there is neither.
    long each = total == 0 ? 0 : UNKNOWN;
    return new Depth(each, each, consumers, total);
  }

  /** Whether so many messages wait, and there is no consumer that could hold any. */
  public boolean isOfIdle(long messages) {
    return (consumers == 0) && ((total == UNKNOWN ? ready : total) == messages);
  }

  @Override
  public String toString() {
    if (ready == UNKNOWN && total != UNKNOWN) {
      return "%d ready or unacked, %d consumers".formatted(total, consumers);
    }
    return "%d ready, %s unacked, %d consumers"
        .formatted(ready, unacked == UNKNOWN ? "?" : Long.toString(unacked), consumers);
  }
}
