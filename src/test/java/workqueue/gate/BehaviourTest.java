package workqueue.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import workqueue.Rule;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.HistoryFile;

/** The documented worker's behaviour, as recorded on Kubernetes 1.37.2. */
class BehaviourTest {
  private static Map<String, String> recorded(Rule rule) throws IOException {
    String name = "/corpus/1.37.2/gate." + rule.id() + ".ndjson.gz";
    try (InputStream file = BehaviourTest.class.getResourceAsStream(name);
        InputStream text = new GZIPInputStream(file)) {
      History history =
          HistoryFile.fromText(name, new String(text.readAllBytes(), StandardCharsets.UTF_8));
      return Behaviour.of(rule, history);
    }
  }

  @Test
  void isReadFromTheWire() throws IOException {
    assertThat(recorded(Rule.PROCESSES_EXACTLY_ONCE))
        .containsEntry("takes items", "as a consumer with a prefetch of 1")
        .containsEntry("acks", "one by one")
        .containsEntry("its queue", "uses it as it is")
        .containsEntry("connections a run", "1")
        .containsEntry("exit codes", "0");
  }

  @Test
  void isReadFromItsEnds() throws IOException {
    assertThat(recorded(Rule.WAITS_ON_EMPTY_QUEUE)).isEqualTo(Map.of("on an empty queue", "waits"));
    assertThat(recorded(Rule.FAILS_ON_MISSING_QUEUE))
        .isEqualTo(Map.of("on a missing queue", "exits 1"));
    assertThat(recorded(Rule.FAILS_ON_WRONG_PASSWORD))
        .isEqualTo(Map.of("on a refused login", "exits 1"));
    assertThat(recorded(Rule.SURVIVES_BROKER_RESTART))
        .isEqualTo(Map.of("on a lost connection", "exits 1"));
    assertThat(recorded(Rule.STOPS_IN_GRACE)).containsOnlyKeys("on SIGTERM");
  }

  @Test
  void isEmptyWhereNothingWasSeen() {
    History nothing = new HistoryBuilder().publish("apple").history();
    for (Rule rule : Rule.values()) {
      assertThat(Behaviour.of(rule, nothing)).as(rule.id()).isEmpty();
    }
  }

  @Test
  void aSecondMoreOrLessIsNoChange() {
    assertThat(Behaviour.differs("exits 143 within 1 s", "exits 143 within 2 s")).isFalse();
    assertThat(Behaviour.differs("exits 143 within 20 s", "exits 143 within 30 s")).isFalse();
    assertThat(Behaviour.differs("exits 143 within 1 s", "exits 143 within 25 s")).isTrue();
    assertThat(Behaviour.differs("exits 143 within 1 s", "exits 0 within 1 s")).isTrue();
    assertThat(Behaviour.differs("60 s", "10 s")).isTrue();
  }
}
