package workqueue.configuration;

import java.util.Optional;

/**
 * The queue that a worker is made for.
 *
 * @param name that the worker has built in; absent if it takes the one that it is told
 * @param durable whether it outlives its broker
 * @param declaredByWorker whether the worker declares it, so that it cannot be missing
 */
public record QueueContract(Optional<String> name, boolean durable, boolean declaredByWorker) {
  /** Any name, durable, declared for the worker. */
  public static final QueueContract ANY = new QueueContract(Optional.empty(), true, false);
}
