package workqueue.observer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.Items;
import workqueue.broker.Broker;
import workqueue.broker.ContainerBroker;
import workqueue.cluster.Engine;
import workqueue.cluster.RunLock;
import workqueue.cluster.ScenarioNamespace;
import workqueue.cluster.ThrowawayCluster;
import workqueue.configuration.ChosenImages;
import workqueue.configuration.Images;
import workqueue.history.BrokerEvent.BrokerCounters;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.KubernetesEvent;
import workqueue.history.ClusterEvent.PodGone;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.Evidence;
import workqueue.history.HarnessEvent.Gap;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.HistoryFile;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.history.WorkerEvent.LogComplete;
import workqueue.history.WorkerEvent.LogLine;
import workqueue.tutorial.Fixtures;
import workqueue.tutorial.JobDefinition;
import workqueue.tutorial.Manifests;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;
import workqueue.waiting.Sight;

/** Observes Jobs of the base image's shell on a throwaway cluster. */
class ObservationIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Patience PATIENCE = new Patience(1, Progress.NONE);
  private static final String RUN =
      "wq-observer-" + Long.toString(System.nanoTime() % 1_000_000, 36);
  private static final Images IMAGES = ChosenImages.get();

  private static RunLock lock;
  private static ThrowawayCluster cluster;

  private final Recorder recorder = new Recorder(Clock.systemUTC());
  private final Header header =
      new Header("observer.test", recorder.now(), null, Evidence.ofTutorial(), List.of());

  @BeforeAll
  static void start() {
    lock = RunLock.take(RunLock.usualFolder(), RUN);
    cluster =
        new ThrowawayCluster(
                Engine.connect(PATIENCE), IMAGES.cluster(), IMAGES.registry(), lock, PATIENCE)
            .start(1, () -> List.of(IMAGES.classicBase()));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
    lock.close();
  }

  private static Job job(ScenarioNamespace namespace, int completions, String shell) {
    JobDefinition definition = new Manifests(Fixtures.ofRepository()).job();
    return definition
        .image(IMAGES.classicBase())
        .pullPolicy("IfNotPresent")
        .namespace(namespace.name())
        .completions(completions)
        .command(List.of("sh", "-c", shell))
        .toJob();
  }

  private History history() {
    return recorder.history(header);
  }

  private static String text(LogLine line) {
    return line.attempt() + " " + line.text();
  }

  @Test
  void recordsAJobAndItsQueueToTheEnd(@TempDir Path folder) {
    try (ContainerBroker shared =
            new ContainerBroker(IMAGES.broker(), Optional.of(cluster.network()), lock, PATIENCE)
                .start();
        ScenarioNamespace namespace =
            ScenarioNamespace.open(cluster.client(), "observer.whole", RUN, PATIENCE);
        var broker = shared.openAsGuest(cluster, namespace, Broker.SERVICE);
        Observation observation =
            Observation.open(cluster.client(), namespace.name(), recorder, PATIENCE)) {
      BrokerWatch depths = new BrokerWatch(broker, recorder).counting();
      broker.amqp().declare("job1");
      new RecordedPublisher(broker, recorder).publish("job1", Items.ofTutorial());

      cluster
          .client()
          .resource(job(namespace, 2, "echo Processing apple; echo amqp://a:b@c"))
          .create();
      observation.awaitJob(header, "job-wq-1", LIMIT, history -> "");
      observation.finalState(depths, List.of("job1", "job2"));
    }

    History history = history();
    assertThat(history.all(Gap.class)).isEmpty();
    assertThat(history.all(LogLine.class))
        .extracting(line -> text(line.event()))
        .containsExactlyInAnyOrder(
            "0 Processing apple", "0 amqp://a:***@c", "0 Processing apple", "0 amqp://a:***@c");
    assertThat(history.all(LogComplete.class)).hasSize(2);
    assertThat(
            history.all(KubernetesEvent.class, event -> event.reason().equals("SuccessfulCreate")))
        .hasSize(2);
    QueueDepth depth =
        history.last(QueueDepth.class, of -> of.queue().equals("job1")).orElseThrow().event();
    assertThat(List.of(depth.ready(), depth.unacked(), depth.consumers())).containsExactly(8, 0, 0);
    assertThat(
            history
                .last(QueueDepth.class, of -> of.queue().equals("job2"))
                .orElseThrow()
                .event()
                .exists())
        .isFalse();
    assertThat(history.all(BrokerCounters.class))
        .extracting(counters -> counters.event().queue(), counters -> counters.event().published())
        .containsExactly(tuple("job1", 8L));
    assertThat(history.finalState().orElseThrow().seq()).isEqualTo(history.events().size());
    HistoryFile.write(history, folder.resolve("history.ndjson"));
    assertThat(HistoryFile.read(folder.resolve("history.ndjson"))).isEqualTo(history);
  }

  @Test
  void readsTheLogOfEachAttemptAndOfAPodThatIsDeleted() {
    String shell = "trap '' TERM; echo started; sleep 8; echo ended; exit 1";
    try (ScenarioNamespace namespace =
            ScenarioNamespace.open(cluster.client(), "observer.logs", RUN, PATIENCE);
        Observation observation =
            Observation.open(cluster.client(), namespace.name(), recorder, PATIENCE)) {
      cluster.client().resource(job(namespace, 1, shell)).create();
      observation.await(header, "a second attempt", LIMIT, seen -> runs(seen, 1));
      cluster.client().pods().inNamespace(namespace.name()).delete();
      String first = history().last(ContainerState.class).orElseThrow().event().pod().uid();
      observation.await(
          header,
          "the pod to be gone",
          LIMIT,
          seen ->
              Sight.when(
                  seen.last(PodGone.class, gone -> gone.pod().uid().equals(first)).isPresent(),
                  "it is there"));
      observation.finalState();

      assertThat(history().all(LogLine.class, line -> line.pod().uid().equals(first)))
          .extracting(line -> text(line.event()))
          .containsExactly("0 started", "0 ended", "1 started", "1 ended");
      assertThat(history().all(LogComplete.class, log -> log.pod().uid().equals(first)))
          .extracting(log -> log.event().attempt(), log -> log.event().lines())
          .containsExactly(tuple(0, 2L), tuple(1, 2L));
      assertThat(history().gaps(Source.LOGS, Source.PODS)).isEmpty();
    }
  }

  private static Sight<Boolean> runs(History history, int attempt) {
    return history
            .last(
                ContainerState.class,
                each -> each.state() == Running.RUNNING && each.restartCount() == attempt)
            .isPresent()
        ? Sight.found(true)
        : Sight.notYet("not yet");
  }
}
