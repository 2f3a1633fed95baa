package workqueue.conformance;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Somebody who has a cluster's rights, and uses them twice a second while a check goes on. */
final class Janitor {
  private Janitor() {}

  /** Begins; what comes back ends it. */
  static Runnable doing(Runnable work) {
    ScheduledExecutorService turns =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "janitor");
              thread.setDaemon(true);
              return thread;
            });
    Future<?> unused =
        turns.scheduleWithFixedDelay(() -> attempt(work), 0, 500, TimeUnit.MILLISECONDS);
    return turns::shutdownNow;
  }

  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (KubernetesClientException changedMeanwhile) {
      // It is done with the next turn.
    }
  }
}
