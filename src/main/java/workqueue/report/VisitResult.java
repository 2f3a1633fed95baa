package workqueue.report;

/**
 * A visit to a cluster that exists, to check it.
 *
 * @param mode {@code preflight} or {@code quick}
 * @param grade {@code as-documented}, {@code adapted}, {@code no}; {@code open} while it is not
 *     known, as after a preflight
 * @param user whom the API server takes the guest for; null if it does not tell
 * @param requests that were sent in all
 * @param dryRuns how many of them nothing could come of
 * @param made how many objects were made
 */
public record VisitResult(
    String mode,
    String context,
    String namespace,
    String grade,
    String user,
    int requests,
    int dryRuns,
    int made) {}
