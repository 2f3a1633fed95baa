package workqueue.conformance;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import workqueue.cluster.PodHealth;
import workqueue.waiting.Sight;

/** A Job of which one pod is deleted while it works on its item. */
final class ReplacesPod implements Trial {
  private static final Duration PUT = Duration.ofMinutes(2);
  private static final Duration STARTED = Duration.ofMinutes(2);
  private static final Duration JOB = Duration.ofMinutes(3);
  private static final Duration GONE = Duration.ofSeconds(30);

  /** So long that an item is taken, and not yet done, when its pod is deleted. */
  private static final Duration WORK = Duration.ofSeconds(10);

  private static final Duration TAKEN = Duration.ofSeconds(3);

  private static final List<String> ITEMS = List.of("orange", "plum");

  @Override
  public String check() {
    return "job.replaces-pod";
  }

  @Override
  public void run(OwnObjects own, Parts parts) {
    own.passingProbe(parts.putting(ITEMS), PUT);
    if (!own.make(parts.job(ITEMS.size(), WORK)).isGood()) {
      return;
    }
    Pod pod =
        own.patience()
            .await("a worker to run", STARTED, OwnObjects.BETWEEN_LOOKS, () -> running(own, parts));
    own.watch(TAKEN);
    own.delete(pod, Duration.ofSeconds(1));
    own.awaitJobEnd(JOB);
    own.awaitGone(pod, GONE);
    own.passingProbe(parts.drainingScout(), PUT);
  }

  private static Sight<Pod> running(OwnObjects own, Parts parts) {
    own.look().look();
    return own.look().pods().stream()
        .filter(each -> !each.getMetadata().getName().equals(parts.brokerPod()))
        .filter(PodHealth::isRunning)
        .findFirst()
        .map(Sight::found)
        .orElseGet(() -> Sight.notYet("none runs"));
  }
}
