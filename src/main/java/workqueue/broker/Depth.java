package workqueue.broker;

/**
 * What a queue holds at an instant.
 *
 * @param ready messages that wait for a consumer
 * @param unacked messages that consumers hold; {@link #UNKNOWN} where the source cannot tell
 * @param consumers how many are subscribed
 */
public record Depth(long ready, long unacked, long consumers) {
  /** Stands for a number that the source does not give. */
  public static final long UNKNOWN = -1;

  @Override
  public String toString() {
    return "%d ready, %s unacked, %d consumers"
        .formatted(ready, unacked == UNKNOWN ? "?" : Long.toString(unacked), consumers);
  }
}
