package workqueue.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.HarnessEvent.FinalStateTaken;
import workqueue.history.WorkerEvent.LogLine;

class EventsTest {
  private static final PodRef POD = new PodRef("demo", "pod-0", "uid-0");
  private static final Header HEADER =
      new Header("a.b", Instant.EPOCH, Environment.unknown(), Evidence.none(), List.of());

  @Test
  void everyKindOfEventComesBackFromAFileEmptyOrFull() throws Exception {
    Recorder recorder = new Recorder(Clock.systemUTC());
    for (Class<?> type : Lines.records(Event.class).toList()) {
      recorder.record(Source.HARNESS, (Event) sample(type, false));
      recorder.record(Source.HARNESS, (Event) sample(type, true));
    }
    History history = recorder.history(HEADER);
    String text = HistoryFile.toText(history);

    History read = HistoryFile.fromText("all.ndjson", text);

    assertThat(history.events()).hasSizeGreaterThan(60);
    assertThat(read).isEqualTo(history);
    assertThat(HistoryFile.toText(read)).isEqualTo(text);
  }

  @Property(tries = 100)
  void anyTextComesBackFromAFile(@ForAll @NotBlank String kind, @ForAll String text) {
    Recorder recorder = new Recorder(Clock.systemUTC());
    recorder.record(Source.LOGS, LogLine.of(POD, "c", 0, 1, text, null));
    recorder.record(Source.FAULTS, new FaultInjected(kind, text, text));
    History history = recorder.history(HEADER);
    String written = HistoryFile.toText(history);

    assertThat(HistoryFile.fromText("any.ndjson", written)).isEqualTo(history);
  }

  @Test
  void noPasswordIsRecorded() {
    LogLine line = LogLine.of(POD, "c", 0, 1, "to amqp://guest:guest@broker:5672/", null);
    assertThat(line.text()).isEqualTo("to amqp://guest:***@broker:5672/");
    assertThat(line.secret()).isTrue();
    assertThat(LogLine.of(POD, "c", 0, 1, "to amqp://guest:***@broker", null).secret()).isFalse();
    assertThat(new JobSpecBuilder(8, 2).withBrokerUrl("amqp://u:p@h").build().brokerUrl())
        .isEqualTo("amqp://u:***@h");
  }

  @Test
  void aPasswordOfThreeLettersIsASecretToo() {
    assertThat(LogLine.of(POD, "c", 0, 1, "amqp://a:abc@broker", null).secret()).isTrue();
  }

  @Test
  void theRecorderNumbersAndTells() {
    Recorder recorder = new Recorder(Clock.systemUTC());
    recorder.record(Source.HARNESS, new FinalStateTaken("first"));
    List<Long> told = new ArrayList<>();
    try (Recorder.Subscription subscription = recorder.subscribe(event -> told.add(event.seq()))) {
      assertThat(subscription).isNotNull();
      recorder.record(Source.HARNESS, new FinalStateTaken("second"));
    }
    History before = recorder.history(HEADER);
    recorder.record(Source.HARNESS, new FinalStateTaken("third"));

    assertThat(told).containsExactly(1L, 2L);
    assertThat(before.events()).hasSize(2);
    assertThat(before.upTo(1).events()).hasSize(1);
    assertThat(recorder.history(HEADER).finalState().orElseThrow().event().how())
        .isEqualTo("third");
  }

  @Test
  void aListenerThatThrowsDoesNotStopTheRecorder() {
    Recorder recorder = new Recorder(Clock.systemUTC());
    Recorder.Subscription broken =
        recorder.subscribe(
            event -> {
              throw new IllegalStateException("a bug in a listener");
            });
    recorder.record(Source.HARNESS, new FinalStateTaken("recorded all the same"));

    assertThat(recorder.history(HEADER).events()).hasSize(1);
    assertThatThrownBy(broken::close).hasMessage("a bug in a listener");
  }

  @Test
  void refusesNumbersThatDoNotRise() {
    Recorded<FinalStateTaken> one =
        new Recorded<>(1, Instant.EPOCH, Source.HARNESS, new FinalStateTaken(""));
    assertThatThrownBy(() -> new History(HEADER, List.of(one, one)))
        .hasMessage("Event 1 comes after event 1: numbers must rise.");
  }

  @Test
  void refusesAPatternWithoutAGroup() {
    assertThatThrownBy(() -> Evidence.logPattern("Processing .*"))
        .hasMessage(
            "The worker's log pattern needs a group for the item, as in \"Processing (.*)\":"
                + " Processing .*");
    assertThatThrownBy(() -> Evidence.logPattern("("))
        .hasMessageStartingWith("The worker's log pattern is no regular expression: ");
  }

  /** A record of this type: full, or with all that may be missing missing. */
  private static Object sample(Class<?> type, boolean full) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(components[i], full);
    }
    return type.getDeclaredConstructor(types).newInstance(values);
  }

  private static Object value(RecordComponent component, boolean full)
      throws ReflectiveOperationException {
    Class<?> type = component.getType();
    if (type == String.class) {
      return "text of " + component.getName();
    }
    if (type == int.class || type == Integer.class) {
      return full || type.isPrimitive() ? 7 : null;
    }
    if (type == long.class || type == Long.class) {
      return full || type.isPrimitive() ? 7L : null;
    }
    if (type == double.class) {
      return 1.5;
    }
    if (type == boolean.class || type == Boolean.class) {
      return full;
    }
    if (type == Instant.class) {
      boolean needed = List.of("sampledAt", "sentAt", "from", "to").contains(component.getName());
      return full || needed ? Instant.parse("2026-01-31T12:00:00.000007Z") : null;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type == Map.class && component.getName().equals("verbs")) {
      return full ? Map.of("jobs", List.of("get", "list")) : Map.of();
    }
    if (type == Map.class) {
      return full ? Map.of("pods", "2") : Map.of();
    }
    if (full && component.getName().equals("objects")) {
      return List.of(Map.of("name", "team", "labels", Map.of(), "hard", Map.of("pods", "2")));
    }
    if (type == List.class) {
      return List.of();
    }
    if (type == Termination.class && !full) {
      return null;
    }
    return sample(type, full);
  }
}
