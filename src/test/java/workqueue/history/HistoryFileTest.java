package workqueue.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.Items;

class HistoryFileTest {
  private static final String AGAIN =
      "\nRecord it again: run the scenario, its history is written to reports/histories.";
  private static final String CHANGED =
      "\nThe file was changed after it was recorded. Restore it, or record it again: run the"
          + " scenario, its history is written to reports/histories.";
  private static final String NAME_ONE =
      "\nName a history, as in reports/histories: mvn verify -Pjudge -Dwq.history=<file>";

  private static String sound() {
    return HistoryFile.toText(HistoryBuilder.soundRun(Items.ofTutorial(2)).history());
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> HistoryFile.fromText("a.ndjson", text))
        .isInstanceOf(UnreadableHistory.class)
        .hasMessage(message);
  }

  @Test
  void whatIsReadIsWrittenAgainByteForByte(@TempDir Path folder) throws IOException {
    History history =
        HistoryBuilder.soundRun(Items.ofTutorial())
            .history()
            .withClaims(List.of(new ClaimSpec("drains", Map.of("queue", "job1"), "VALID")));
    Path first = folder.resolve("made/on/demand/a.ndjson");
    HistoryFile.write(history, first);

    History read = HistoryFile.read(first);
    Path second = folder.resolve("b.ndjson");
    HistoryFile.write(read, second);

    assertThat(read).isEqualTo(history);
    assertThat(second).hasSameBinaryContentAs(first);
    assertThat(Files.readString(first)).isEqualTo(HistoryFile.toText(history));
  }

  @Test
  void linesHaveTheirKeysInAFixedOrder() {
    List<String> lines = sound().lines().toList();
    assertThat(lines.get(0))
        .isEqualTo(
            "{\"history\":\"work-queue\",\"schema\":1,\"scenario\":\"outcome.told\","
                + "\"startedAt\":\"2026-01-31T12:00:00Z\",\"environment\":{\"cluster\":{},"
                + "\"broker\":{},\"worker\":{}},\"evidence\":{\"kind\":\"LOG_PATTERN\","
                + "\"pattern\":\"Processing (.*)\"}}");
    assertThat(lines.get(1))
        .isEqualTo(
            "{\"seq\":1,\"at\":\"2026-01-31T12:00:00Z\",\"source\":\"publisher\","
                + "\"event\":\"item-published\",\"queue\":\"job1\",\"item\":0,\"payload\":{"
                + "\"digest\":\"sha256:"
                + "3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b\","
                + "\"size\":5,\"preview\":\"apple\",\"text\":\"apple\"},\"confirmed\":true}");
  }

  @Test
  void refusesAnEmptyFile() {
    refused("", "a.ndjson: the file is empty." + AGAIN);
  }

  @Test
  void refusesWhatIsNoHistory() {
    String why =
        "a.ndjson, line 1: this is no history: it does not begin with"
            + " {\"history\":\"work-queue\",…}.";
    refused("kind: Job\n", why + NAME_ONE);
    refused("{\"verdict\":\"VALID\"}\n", why + NAME_ONE);
  }

  @Test
  void refusesANewerSchema() {
    refused(
        sound().replace("\"schema\":1", "\"schema\":2"),
        "a.ndjson, line 1: the history has schema 2, this harness reads up to 1.\n"
            + "Judge it with the harness that wrote it, or a newer one: git pull && mvn verify"
            + " -Pjudge");
  }

  @Test
  void refusesALineThatWasCutOff() {
    String text = sound();
    refused(
        text.substring(0, text.length() - 10),
        "a.ndjson, line 28: the line does not end: the file was cut off." + AGAIN);
    refused(
        text.substring(0, text.length() - 1),
        "a.ndjson, line 28: the line does not end: the file was cut off." + AGAIN);
  }

  @Test
  void refusesBrokenJson() {
    refused(
        sound().replaceFirst("\"event\":\"queue-depth\",", "\"event\":queue-depth,"),
        "a.ndjson, line 4: the line is no JSON: Unrecognized token 'queue': was expecting (JSON"
            + " String, Number, Array, Object or token 'null', 'true' or 'false')."
            + CHANGED);
  }

  @Test
  void refusesAMissingField() {
    refused(
        sound().replaceFirst("\"confirmed\":true", "\"x\":1").replace(",\"x\":1", ""),
        "a.ndjson, line 2: item-published: the field \"confirmed\" is missing or of the wrong"
            + " kind."
            + CHANGED);
    refused(
        sound().replaceFirst("\"queue\":\"job1\",", ""),
        "a.ndjson, line 2: item-published: the field \"queue\" is missing." + CHANGED);
    refused(
        sound().replaceFirst("\"seq\":1,", ""),
        "a.ndjson, line 2: the field \"seq\" is missing." + CHANGED);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    refused(
        sound().replaceFirst("item-published", "item-eaten"),
        "a.ndjson, line 2: there is no event \"item-eaten\"." + CHANGED);
    refused(
        sound().replaceFirst("\"confirmed\":true", "\"confirmed\":true,\"eaten\":true"),
        "a.ndjson, line 2: \"item-published\" has no field \"eaten\"." + CHANGED);
    refused(
        sound().replaceFirst("\"source\":\"publisher\"", "\"source\":\"hearsay\""),
        "a.ndjson, line 2: there is no source \"hearsay\"." + CHANGED);
  }

  @Test
  void refusesASequenceThatJumpsBack() {
    refused(
        sound().replaceFirst("\"seq\":3,", "\"seq\":1,"),
        "a.ndjson, line 4: the sequence jumps back from 2 to 1.\n"
            + "Lines were moved or two files were joined. Record it again: run the scenario, its"
            + " history is written to reports/histories.");
  }

  @Test
  void namesAFileThatIsMissing(@TempDir Path folder) {
    Path missing = folder.resolve("none.ndjson");
    assertThatThrownBy(() -> HistoryFile.read(missing))
        .isInstanceOf(UnreadableHistory.class)
        .hasMessage(
            missing
                + ": there is no such file.\n"
                + "Name a history: mvn verify -Pjudge -Dwq.history=<file>");
  }

  @Test
  void refusesWhatIsNoText(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("a.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    assertThatThrownBy(() -> HistoryFile.read(file))
        .isInstanceOf(UnreadableHistory.class)
        .hasMessage(file + ": this is not text in UTF-8, so it is no history." + AGAIN);
  }
}
