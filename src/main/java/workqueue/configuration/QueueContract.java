package workqueue.configuration;

import java.util.Optional;

/**
 * The queue that a worker is made for.
 *
 * @param name that the worker has built in; absent if it takes the one that it is told
 * @param durable whether it outlives its broker
 * @param declaredByWorker whether the worker declares it, so that it cannot be missing
 * @param feed how items come into it; absent if by its own name
 */
public record QueueContract(
    Optional<String> name, boolean durable, boolean declaredByWorker, Optional<Feed> feed) {
  /** Any name, durable, declared for the worker. */
  public static final QueueContract ANY =
      new QueueContract(Optional.empty(), true, false, Optional.empty());

  /**
   * An exchange that the queue is bound to, and that items are published to.
   *
   * @param type {@code direct}, {@code fanout} or {@code topic}
   * @param durable whether it outlives its broker
   * @param routingKey of the binding and of the items; absent if it is the queue's name
   */
  public record Feed(String exchange, String type, boolean durable, Optional<String> routingKey) {
    /** The key for a queue. */
    public String key(String queue) {
      return routingKey.orElse(queue);
    }
  }
}
