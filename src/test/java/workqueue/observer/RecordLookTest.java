package workqueue.observer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import workqueue.history.ClusterEvent.JobDeleted;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.Condition;
import workqueue.history.Environment;
import workqueue.history.Evidence;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.JobRef;
import workqueue.history.JobSpecBuilder;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.waiting.Sight;

class RecordLookTest {
  private static final long MILLISECOND = 1_000_000L;
  private static final JobRef JOB = new JobRef("demo", "job-wq-1", "uid-1");

  private final Recorder recorder = new Recorder(Clock.systemUTC());
  private final AtomicLong now = new AtomicLong();
  private long tookMillis = 60;
  private final AtomicInteger looks = new AtomicInteger();
  private final RecordLook<Boolean> look =
      new RecordLook<>(
          recorder,
          new Header(
              "outcome.told",
              Instant.EPOCH,
              Environment.unknown(),
              Evidence.ofTutorial(),
              List.of()),
          this::look,
          now::get);

  private Sight<Boolean> look(History history) {
    now.addAndGet(tookMillis * MILLISECOND);
    return Sight.notYet("look " + looks.incrementAndGet());
  }

  @AfterEach
  void close() {
    look.close();
  }

  @Test
  void restsTenTimesAsLongAsTheLookTook() {
    record(state());
    assertThat(looksAfter(0)).isEqualTo(1);
    record(state());
    assertThat(looksAfter(599)).isEqualTo(1);
    assertThat(looksAfter(1)).isEqualTo(2);
    assertThat(looksAfter(599)).isEqualTo(2);
    assertThat(looksAfter(1)).isEqualTo(3);
  }

  @Test
  void aLookThatWasHeldUpIsFollowedByARestOfASecond() {
    tookMillis = 5_000;
    assertThat(looksAfter(0)).isEqualTo(1);
    assertThat(looksAfter(999)).isEqualTo(1);
    assertThat(looksAfter(1)).isEqualTo(2);
  }

  @Test
  void looksAtOnceWhenAJobIsOver() {
    assertThat(looksAfter(0)).isEqualTo(1);
    record(state(Condition.of("Complete", "True", "", "")));
    assertThat(looksAfter(0)).isEqualTo(2);
    assertThat(looksAfter(0)).isEqualTo(2);
    recorder.record(Source.JOBS, new JobDeleted(JOB));
    assertThat(looksAfter(0)).isEqualTo(3);
  }

  private int looksAfter(int milliseconds) {
    now.addAndGet(milliseconds * MILLISECOND);
    look.call();
    return looks.get();
  }

  private void record(JobState state) {
    recorder.record(Source.JOBS, state);
  }

  private static JobState state(Condition... conditions) {
    return new JobState(
        JOB,
        new JobSpecBuilder(8, 2).build(),
        1,
        Instant.EPOCH,
        Instant.EPOCH,
        2,
        0,
        0,
        null,
        null,
        List.of(conditions),
        null);
  }
}
