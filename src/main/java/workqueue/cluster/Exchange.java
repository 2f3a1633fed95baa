package workqueue.cluster;

import java.time.Instant;
import java.util.Optional;

/**
 * A request that was sent to an API server, and what came of it.
 *
 * @param method of HTTP
 * @param path with its query
 * @param dryRun whether nothing may come of it
 * @param code of HTTP; empty if there was no answer
 * @param millis from the request to its answer
 * @param serverTime the answer's {@code Date}, in whole seconds; empty if it had none
 * @param trouble what kept the answer from coming; empty if it came
 */
public record Exchange(
    String method,
    String path,
    boolean dryRun,
    Optional<Integer> code,
    Instant sentAt,
    long millis,
    Optional<Instant> serverTime,
    String trouble) {}
