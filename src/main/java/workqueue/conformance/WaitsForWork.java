package workqueue.conformance;

import java.time.Duration;
import java.util.List;
import workqueue.Item;
import workqueue.Items;

/** A Job that wants one item more than there is, which is then given to it. */
final class WaitsForWork implements Trial {
  private static final Duration PUT = Duration.ofMinutes(2);
  private static final Duration JOB = Duration.ofMinutes(4);

  /** Longer than it takes who wants such a Job away to see that it does nothing. */
  private static final Duration IDLE = Duration.ofSeconds(12);

  private static final String LAST = "nectarine";

  @Override
  public String check() {
    return "job.waits-for-work";
  }

  @Override
  public void run(OwnObjects own, Parts parts) {
    List<String> items = Items.ofTutorial().stream().map(Item::preview).toList();
    own.passingProbe(parts.putting(items), PUT);
    if (!own.make(parts.job(items.size() + 1, Duration.ofSeconds(1))).isGood()) {
      return;
    }
    own.awaitJob(
        "all items to be processed",
        JOB,
        job ->
            job.getStatus() != null
                && job.getStatus().getSucceeded() != null
                && job.getStatus().getSucceeded() == items.size());
    own.watch(IDLE);
    own.passingProbe(parts.putting(List.of(LAST)), PUT);
    own.awaitJobEnd(JOB);
  }
}
