package workqueue.observer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.ClusterEvent.PodUse;
import workqueue.history.Environment;
import workqueue.history.Evidence;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.PodRef;
import workqueue.history.Recorded;
import workqueue.history.Recorder;
import workqueue.history.Source;

class UseWatchTest {
  private static final String SUMMARY =
      """
      {"pods": [
        {"podRef": {"name": "pod-0", "namespace": "demo", "uid": "uid-0"},
         "containers": [{"cpu": {"usageCoreNanoSeconds": 5}, "memory": {"workingSetBytes": 6}}]},
        {"podRef": {"name": "pod-1", "namespace": "demo", "uid": "uid-1"}, "containers": []}]}
      """;

  private final Recorder recorder = new Recorder(Clock.systemUTC());
  private final List<String> asked = new ArrayList<>();
  private UseWatch watch;

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void asksOnlyNodesThatRunPodsAndRecordsOnlyWhatRuns() {
    begin(node -> SUMMARY);
    watch.look();
    pod("uid-0", "node-1", "Pending");
    pod("uid-1", "node-2", "Running");
    pod("uid-1", "node-2", "Succeeded");
    pod("uid-2", "", "Pending");
    watch.look();
    assertThat(asked).containsExactly("node-1");
    assertThat(history().all(PodUse.class))
        .extracting(Recorded::event)
        .extracting(PodUse::pod, PodUse::cpuNanos, PodUse::memoryBytes)
        .containsExactly(tuple(ref("uid-0"), 5L, 6L));
  }

  @Test
  void aNodeThatMayNotBeAskedIsAskedOnce() {
    begin(
        node -> {
          throw new KubernetesClientException("forbidden: get nodes/proxy", 403, null);
        });
    pod("uid-0", "node-1", "Running");
    watch.look();
    watch.look();
    assertThat(asked).containsExactly("node-1");
    assertThat(gaps())
        .containsExactly("node node-1 does not tell what pods use: forbidden: get nodes/proxy");
    assertThat(history().all(PodUse.class)).isEmpty();
  }

  @Test
  void aNodeThatDoesNotAnswerIsAskedAgain() {
    begin(
        node -> {
          if (asked.size() <= 2) {
            throw new KubernetesClientException("timed out");
          }
          return SUMMARY;
        });
    pod("uid-0", "node-1", "Running");
    watch.look();
    watch.look();
    watch.look();
    assertThat(gaps()).containsExactly("node node-1 does not tell what pods use: timed out");
    assertThat(history().all(PodUse.class)).hasSize(1);
  }

  @Test
  void aNodeWithNothingToTellIsNotAskedAgain() {
    begin(node -> null);
    pod("uid-0", "node-1", "Running");
    watch.look();
    watch.look();
    assertThat(asked).containsExactly("node-1");
    assertThat(gaps())
        .containsExactly("node node-1 does not tell what pods use: it gives no summary");
  }

  /** Why uses were out of sight. */
  private List<String> gaps() {
    return history().gaps(Source.USE).stream().map(each -> each.event().why()).toList();
  }

  private void begin(UnaryOperator<String> summaries) {
    watch =
        new UseWatch(
            node -> {
              asked.add(node);
              return summaries.apply(node);
            },
            "demo",
            recorder);
  }

  private void pod(String uid, String node, String phase) {
    recorder.record(
        Source.PODS,
        new PodState(ref(uid), "job", phase, "", "", node, "", false, null, List.of()));
  }

  private static PodRef ref(String uid) {
    return new PodRef("demo", uid.replace("uid", "pod"), uid);
  }

  private History history() {
    return recorder.history(
        new Header("a.b", Instant.EPOCH, Environment.unknown(), Evidence.none(), List.of()));
  }
}
