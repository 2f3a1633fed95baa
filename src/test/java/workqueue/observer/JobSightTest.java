package workqueue.observer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.history.ClusterEvent.JobDeleted;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.Condition;
import workqueue.history.Header;
import workqueue.history.JobRef;
import workqueue.history.JobSpecBuilder;
import workqueue.history.Recorded;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.waiting.Sight;

class JobSightTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final JobRef JOB = new JobRef("demo", "job-wq-1", "uid");

  private final Recorder recorder = new Recorder(Clock.fixed(NOON, ZoneOffset.UTC));

  private Recorded<JobState> record(int active, int succeeded, Condition... conditions) {
    return recorder.record(
        Source.JOBS,
        new JobState(
            JOB,
            new JobSpecBuilder(8, 2).build(),
            1,
            NOON,
            NOON,
            active,
            succeeded,
            0,
            null,
            null,
            List.of(conditions),
            null));
  }

  private Sight<Recorded<JobState>> look(String hopeless) {
    return JobSight.end(
        recorder.history(new Header("test", NOON, null, null, null)),
        "demo",
        "job-wq-1",
        history -> hopeless);
  }

  @Test
  void waitsForTheJob() {
    assertThat(look("")).isEqualTo(Sight.notYet("no such Job yet"));
  }

  @Test
  void tellsHowFarItIs() {
    record(2, 3);

    assertThat(look("")).isEqualTo(Sight.notYet("2 active, 3 succeeded of 8, 0 failed"));
  }

  @Test
  void endsWithTheJob() {
    record(2, 6);
    Recorded<JobState> end = record(0, 8, Condition.of("Complete", "True", "", ""));

    assertThat(look("whatever")).isEqualTo(Sight.found(end));
  }

  @Test
  void isHopelessWithoutTheJob() {
    record(1, 3);
    recorder.record(Source.JOBS, new JobDeleted(JOB));

    assertThat(look(""))
        .isEqualTo(Sight.hopeless("it was deleted: 1 active, 3 succeeded of 8, 0 failed"));
  }

  @Test
  void isHopelessWhereTheCallerSaysSo() {
    record(1, 3);

    assertThat(look("ImagePullBackOff")).isEqualTo(Sight.hopeless("ImagePullBackOff"));
  }
}
