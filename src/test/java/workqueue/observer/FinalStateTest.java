package workqueue.observer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import workqueue.history.BrokerEvent.Asked;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.JobRef;
import workqueue.history.JobSpecBuilder;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.history.TestClock;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;

class FinalStateTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final Patience PATIENCE = new Patience(1, Progress.NONE);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final TestClock clock = new TestClock(NOON);
  private final Recorder recorder = new Recorder(clock);
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger samples = new AtomicInteger();

  private void sample(String queue, Instant from) {
    samples.incrementAndGet();
    recorder.record(Source.BROKER, new QueueDepth(queue, true, 0, 0, 0, Asked.CTL, from));
  }

  private void recordJob(int succeeded) {
    clock.pass(MOMENT);
    recorder.record(
        Source.JOBS,
        new JobState(
            new JobRef("demo", "job", "uid"),
            new JobSpecBuilder(8, 2).build(),
            1,
            NOON,
            NOON,
            1,
            succeeded,
            0,
            null,
            null,
            List.of(),
            null));
  }

  private History history() {
    return recorder.history(new Header("test", NOON, null, null, null));
  }

  @Test
  void asksOnceAndAtOnceWhereAllJobsAreOver() {
    FinalState procedure =
        new FinalState(recorder, looks::incrementAndGet, () -> true, limit -> {}, PATIENCE);

    procedure.take(List.of("job1", "job2"), this::sample);

    assertThat(looks).hasValue(1);
    assertThat(samples).hasValue(2);
    assertThat(history().finalState().orElseThrow().seq()).isEqualTo(3);
    assertThat(history().finalState().orElseThrow().event().how())
        .isEqualTo("all listed again, logs read, 2 queues asked");
  }

  @Test
  void samplesAfterWhatTheFirstListShows() {
    FinalState procedure =
        new FinalState(
            recorder,
            () -> {
              if (looks.getAndIncrement() == 0) {
                recordJob(7);
              }
            },
            () -> false,
            limit -> {},
            PATIENCE);

    procedure.take(List.of("job1"), this::sample);

    assertThat(samples).hasValue(1);
    assertThat(history().all(QueueDepth.class).get(0).event().sampledAt())
        .isAfterOrEqualTo(history().all(JobState.class).get(0).at());
  }

  @Test
  void samplesAgainWhileAJobGoesOn() {
    FinalState procedure =
        new FinalState(
            recorder,
            () -> {
              if (looks.incrementAndGet() < 7) {
                recordJob(looks.get());
              }
            },
            () -> false,
            limit -> {},
            PATIENCE);

    procedure.take(List.of("job1"), this::sample);

    assertThat(samples).hasValue(6);
    assertThat(history().all(QueueDepth.class).get(5).event().sampledAt())
        .isAfterOrEqualTo(history().all(JobState.class).get(5).at());
  }

  @Test
  void samplesAgainForTenSecondsAtMost() {
    FinalState procedure =
        new FinalState(
            recorder,
            () -> {
              clock.pass(Duration.ofSeconds(1));
              recordJob(looks.incrementAndGet());
            },
            () -> false,
            limit -> {},
            PATIENCE);

    procedure.take(List.of("job1"), this::sample);

    assertThat(samples.get()).isBetween(9, 11);
    assertThat(history().finalState()).isPresent();
  }
}
