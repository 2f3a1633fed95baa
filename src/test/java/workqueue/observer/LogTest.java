package workqueue.observer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.PodRef;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.history.WorkerEvent.LogComplete;
import workqueue.history.WorkerEvent.LogLine;

class LogTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final PodRef POD = new PodRef("demo", "job-wq-1-abcde", "pod-uid");

  private final Recorder recorder = new Recorder(Clock.fixed(NOON, ZoneOffset.UTC));
  private final AttemptLog log =
      new AttemptLog(POD, new ContainerRun("c", 1, "id-1", null), recorder);

  private static List<LogText.Line> lines(String text) {
    return LogText.all(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private History history() {
    return recorder.history(new Header("test", NOON, null, null, null));
  }

  @Test
  void readsLinesWithTheirTimes() {
    assertThat(
            lines(
                """
                2026-01-31T12:00:00.123456789Z Processing apple
                2026-01-31T12:00:01Z\s
                2026-01-31T12:00:02Z  indented, and without an end"""))
        .containsExactly(
            new LogText.Line(NOON.plusNanos(123_456_000), "Processing apple"),
            new LogText.Line(NOON.plusSeconds(1), ""),
            new LogText.Line(NOON.plusSeconds(2), " indented, and without an end"));
  }

  @Test
  void recordsThatALineHeldAPasswordButNotThePassword() {
    recorder.secrets().keep("tr0ub4dor&3");
    log.read(List.of(new LogText.Line(NOON, "I log in with tr0ub4dor&3")), false, true);
    assertThat(history().all(LogLine.class))
        .extracting(each -> each.event())
        .containsExactly(new LogLine(POD, "c", 1, false, 1, "I log in with ***", true, NOON));
  }

  @Test
  void takesTheKubeletsTroublesForNoLog() {
    assertThatThrownBy(() -> lines("unable to retrieve container logs for containerd://1"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(
            "the kubelet says: unable to retrieve container logs for containerd://1");
  }

  @Test
  void knowsWhichContainerTheKubeletSpeaksOf() {
    LogText.KubeletTrouble trouble =
        new LogText.KubeletTrouble("unable to retrieve container logs for containerd://ab12");

    LogText.KubeletTrouble other =
        new LogText.KubeletTrouble(
            "rpc error: code = NotFound desc = container \"ab12\": not found");

    assertThat(trouble.isAbout("containerd://ab12")).isTrue();
    assertThat(other.isAbout("containerd://ab12")).isTrue();
    assertThat(trouble.isAbout("containerd://cd34")).isFalse();
  }

  @Test
  void knowsTheWordsForAContainerThatIsGone() {
    assertThat(
            new LogText.KubeletTrouble("rpc error: code = NotFound desc = an error occurred")
                .saysThatTheContainerIsGone())
        .isTrue();
    assertThat(
            new LogText.KubeletTrouble("rpc error: code = Unavailable desc = connection refused")
                .saysThatTheContainerIsGone())
        .isFalse();
  }

  @Test
  void recordsEachLineOnceHoweverItIsRead() {
    List<LogText.Line> all =
        lines("2026-01-31T12:00:00Z a\n2026-01-31T12:00:00Z b\n2026-01-31T12:00:00Z c\n");
    log.follow(1, all.get(0));
    log.read(all.subList(0, 2), false, false);
    log.follow(2, all.get(1));
    log.read(all, true, true);
    log.read(all, true, true);

    assertThat(history().all(LogLine.class))
        .extracting(line -> line.event().line() + line.event().text())
        .containsExactly("1a", "2b", "3c");
    assertThat(history().all(LogLine.class).get(2).event())
        .isEqualTo(new LogLine(POD, "c", 1, true, 3, "c", false, NOON));
    assertThat(history().all(LogComplete.class))
        .extracting(complete -> complete.event().lines())
        .containsExactly(2L, 3L);
    assertThat(log.settled()).isTrue();
  }

  @Test
  void tellsOnceThatALogIsLost() {
    log.giveUp("the pod is gone");
    log.giveUp("the pod is gone");

    assertThat(history().gaps(Source.LOGS))
        .singleElement()
        .satisfies(
            gap ->
                assertThat(gap.event().why())
                    .isEqualTo(
                        "the log of demo/job-wq-1-abcde, container c, attempt 1 could not be read"
                            + " to its end: the pod is gone"));
  }

  @Test
  void aLogThatIsPostponedIsToldOnceAndReadLater() {
    log.postpone("its kubelet is silent");
    log.postpone("its kubelet is silent");
    assertThat(log.settled()).isFalse();
    log.read(lines("2026-01-31T12:00:00Z a\n"), false, true);

    assertThat(history().gaps(Source.LOGS))
        .singleElement()
        .satisfies(
            gap ->
                assertThat(gap.event().why())
                    .isEqualTo(
                        "the log of demo/job-wq-1-abcde, container c, attempt 1 cannot be read now:"
                            + " its kubelet is silent"));
    assertThat(history().all(LogComplete.class)).hasSize(1);
    assertThat(log.settled()).isTrue();
  }
}
