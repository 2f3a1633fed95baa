package workqueue.observer;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.ClusterEvent.PodUse;
import workqueue.history.Recorded;
import workqueue.history.Recorder;
import workqueue.history.Source;

/**
 * Records what a namespace's pods use, until it is closed: several times a second it asks the
 * kubelets of the nodes on which they run, which ask the container runtime.
 *
 * <p>What a pod uses after the last look is not seen, nor is a peak between two looks. A node that
 * may not be asked, or has nothing to tell, is not asked again; one that does not answer is. Either
 * is recorded as a gap.
 */
public final class UseWatch implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofMillis(150);
  private static final String SUMMARY =
      "/api/v1/nodes/%s/proxy/stats/summary?only_cpu_and_memory=true";

  private final UnaryOperator<String> summaries;
  private final String namespace;
  private final Recorder recorder;
  private final Map<String, String> nodeOfPod = new ConcurrentHashMap<>();
  private final Map<String, Gap> silent = new HashMap<>();
  private final Set<String> blindOn = ConcurrentHashMap.newKeySet();
  private final Recorder.Subscription pods;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(UseWatch::thread);

  /** Since when, and for what reason, a node tells nothing. */
  private record Gap(Instant from, String why) {}

  /**
   * @param summaries gives a node's summary, or null if it has none
   */
  UseWatch(UnaryOperator<String> summaries, String namespace, Recorder recorder) {
    this.summaries = summaries;
    this.namespace = namespace;
    this.recorder = recorder;
    this.pods = recorder.subscribe(this::see);
  }

  /** Begins to look. */
  // The future fails with the task, and the task catches what can fail.
  @SuppressWarnings("FutureReturnValueIgnored")
  public static UseWatch open(KubernetesClient client, String namespace, Recorder recorder) {
    UseWatch watch = new UseWatch(node -> client.raw(SUMMARY.formatted(node)), namespace, recorder);
    watch.clock.scheduleWithFixedDelay(watch::look, 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  private void see(Recorded<?> recorded) {
    if (recorded.event() instanceof PodState state && !state.node().isEmpty()) {
      if (state.over()) {
        nodeOfPod.remove(state.pod().uid());
      } else {
        nodeOfPod.put(state.pod().uid(), state.node());
      }
    }
  }

  synchronized void look() {
    Set<String> busy = new LinkedHashSet<>(nodeOfPod.values());
    busy.removeAll(blindOn);
    busy.forEach(this::look);
  }

  private void look(String node) {
    Instant from = recorder.now();
    try {
      String summary = summaries.apply(node);
      if (summary == null) {
        giveUp(node, from, "it gives no summary");
        return;
      }
      for (PodUse use : UseMapping.uses(summary, namespace, from)) {
        if (nodeOfPod.containsKey(use.pod().uid())) {
          recorder.record(Source.USE, use);
        }
      }
      heardAgain(node);
    } catch (RuntimeException refused) {
      if (refused instanceof KubernetesClientException answer && answer.getCode() / 100 == 4) {
        giveUp(node, from, Sights.words(refused));
      } else {
        silent.putIfAbsent(node, new Gap(from, Sights.words(refused)));
      }
    }
  }

  private void giveUp(String node, Instant from, String why) {
    blindOn.add(node);
    lost(node, new Gap(from, why));
  }

  private void heardAgain(String node) {
    Gap gap = silent.remove(node);
    if (gap != null) {
      lost(node, gap);
    }
  }

  private void lost(String node, Gap gap) {
    String what = "node " + node + " does not tell what pods use: " + gap.why();
    Sights.lost(recorder, Source.USE, gap.from(), what);
  }

  @Override
  public void close() {
    // A look that is under way ends first: it holds the lock.
    synchronized (this) {
      clock.shutdownNow();
      silent.forEach(this::lost);
      silent.clear();
    }
    pods.close();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "pod-use");
    thread.setDaemon(true);
    return thread;
  }
}
