package workqueue.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;
import workqueue.history.HistoryBuilder;
import workqueue.history.HistoryFile;

class PageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MARKUP =
      "</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)> {{script}} $1 \u2028";

  @TempDir Path reports;

  @Test
  void isOneFileThatLoadsNothing() throws IOException {
    writeResult(scenario("race.acked-not-exited", "It races", "histories/race.ndjson"));
    Files.createDirectories(reports.resolve("histories"));
    Files.copy(DrawingTest.RACE, reports.resolve("histories/race.ndjson"));
    Page.write(reports.resolve("result.json"), reports.resolve(Page.NAME));
    String page = Files.readString(reports.resolve(Page.NAME));
    assertThat(page).startsWith("<!doctype html>").endsWith("</html>\n");
    assertThat(outside(page))
        .contains("default-src 'none'")
        .doesNotContain("{{", " src=", "http:", "https:");
    assertThat(page.length()).isBetween(1_000_000, 1_400_000);
    assertThat(lines(page, 0))
        .containsExactlyElementsOf(
            HistoryFile.toText(HistoryFile.read(DrawingTest.RACE)).lines().toList());
  }

  @Test
  void keepsMarkupOfARunText() throws IOException {
    HistoryFile.write(
        new HistoryBuilder()
            .publish(MARKUP)
            .job(1, 1)
            .starts("pod")
            .prints("pod", "Processing " + MARKUP)
            .history(),
        reports.resolve("histories/a.ndjson"));
    String quiet = page(scenario("outcome.exact", "It is quiet", "histories/a.ndjson"));
    String loud = page(scenario("outcome.exact", MARKUP, "histories/a.ndjson"));
    assertThat(tags(loud)).isEqualTo(tags(quiet));
    assertThat(result(loud).at("/scenarios/0/title").asText()).isEqualTo(MARKUP);
    assertThat(lines(loud, 0).get(1)).contains("<script>alert(1)");
    assertThat(content(loud, "result")).contains("alert(1)").doesNotContain("<", ">");
  }

  @Test
  void keepsPasswordsOut() throws IOException {
    Path history = reports.resolve("histories/a.ndjson");
    HistoryFile.write(
        new HistoryBuilder()
            .publish("apple")
            .job(1, 1)
            .starts("pod")
            .prints("pod", "SECRET")
            .history(),
        history);
    Files.writeString(
        history, Files.readString(history).replace("SECRET", "to amqp://guest:pa55word@host/"));
    String page = page(scenario("outcome.exact", "It is quiet", "histories/a.ndjson"));
    assertThat(unpacked(page, 0).toString())
        .contains("to amqp://guest:***@host/")
        .doesNotContain("pa55word");
  }

  @Test
  void leavesLinesOutThatHaveNoRoomAndSaysSo() throws IOException {
    Files.createDirectories(reports.resolve("histories"));
    Files.copy(DrawingTest.RACE, reports.resolve("histories/race.ndjson"));
    HistoryFile.write(
        new HistoryBuilder().publish("apple").history(), reports.resolve("histories/small.ndjson"));
    writeResult(
        scenario("outcome.exact", "Small", "histories/small.ndjson"),
        scenario("race.acked-not-exited", "Large", "histories/race.ndjson"));
    Path result = reports.resolve("result.json");
    int whole = new Page(result, Page.MOST_BYTES).text().getBytes(StandardCharsets.UTF_8).length;
    String page = new Page(result, whole - 1_000).text();
    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(whole - 1_000);
    assertThat(lines(page, 0)).hasSize(2);
    assertThat(lines(page, 1)).isEmpty();
    assertThat(unpacked(page, 1).path("note").asText())
        .isEqualTo(
            "The page would be too large with the lines of this history in it: they are in"
                + " race.ndjson.");
    assertThat(unpacked(page, 1).at("/timeline/events")).isNotEmpty();
  }

  @Test
  void holdsAHistoryOnceThatSeveralScenariosShare() throws IOException {
    HistoryFile.write(
        new HistoryBuilder().publish("apple").history(), reports.resolve("histories/visit.ndjson"));
    String page =
        page(
            scenario("conformance.a", "One check", "histories/visit.ndjson"),
            scenario("conformance.b", "Another", "histories/visit.ndjson"));
    assertThat(lines(page, 0)).hasSize(2);
    assertThat(page).contains("id=\"history-1\"></script>");
  }

  @Test
  void showsTheRestWhereAHistoryCannotBeShown() throws IOException {
    Files.createDirectories(reports.resolve("histories"));
    Files.writeString(reports.resolve("histories/b.ndjson"), "no history\n");
    String page =
        page(
            scenario("outcome.a", "Gone", "histories/a.ndjson"),
            scenario("outcome.b", "Damaged", "histories/b.ndjson"),
            scenario("outcome.c", "None", null));
    assertThat(unpacked(page, 0).path("note").asText()).isEqualTo("a.ndjson is not there any more");
    assertThat(unpacked(page, 1).path("note").asText())
        .startsWith("the history cannot be shown: ")
        .contains("b.ndjson, line 1: ");
    assertThat(page).contains("id=\"history-2\"></script>");
  }

  @Test
  void saysWhereThereIsNoResult() {
    Path result = reports.resolve("result.json");
    assertThatThrownBy(() -> Page.write(result, reports.resolve(Page.NAME)))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessageStartingWith(
            "There is no result to make a page of in " + result.toAbsolutePath())
        .hasMessageEndingWith(
            "\nRemedy: run a suite, for example mvn verify -Poutcome, or judge a history, mvn verify"
                + " -Pjudge -Dwq.history=<file>.");
    assertThat(reports.resolve(Page.NAME)).doesNotExist();
  }

  private String page(String... scenarios) throws IOException {
    writeResult(scenarios);
    return new Page(reports.resolve("result.json"), Page.MOST_BYTES).text();
  }

  private void writeResult(String... scenarios) throws IOException {
    Files.writeString(
        reports.resolve("result.json"),
        """
        {"schema": 1, "verdict": "VALID", "run": {"id": "wq-1", "startedAt": "2026-11-22T10:15:02Z",
        "seconds": 1, "harness": "1", "git": "0"}, "notRun": [], "scenarios": [%s]}"""
            .formatted(String.join(",", scenarios)));
  }

  private static String scenario(String id, String title, String history) throws IOException {
    return """
        {"id": "%s", "suite": "outcome", "title": %s, "verdict": "VALID", "history": %s}"""
        .formatted(id, JSON.writeValueAsString(title), JSON.writeValueAsString(history));
  }

  /** The elements of the page, as an HTML parser finds them outside of scripts. */
  private static List<String> tags(String page) {
    List<String> tags = new ArrayList<>();
    Matcher tag = Pattern.compile("<[a-z!/][^>]*>").matcher(outside(page));
    while (tag.find()) {
      tags.add(tag.group());
    }
    return tags;
  }

  private static String outside(String page) {
    return page.replaceAll("(?s)(<script[^>]*>).*?(?=</script>)", "$1");
  }

  private static JsonNode result(String page) throws IOException {
    return JSON.readTree(content(page, "result"));
  }

  private static List<String> lines(String page, int index) throws IOException {
    List<String> lines = new ArrayList<>();
    unpacked(page, index).path("lines").forEach(each -> lines.add(each.asText()));
    return lines;
  }

  private static JsonNode unpacked(String page, int index) {
    byte[] zipped = Base64.getDecoder().decode(content(page, "history-" + index));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      return JSON.readTree(in);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  private static String content(String page, String id) {
    Matcher script =
        Pattern.compile("(?s)<script type=\"[^\"]*\" id=\"" + id + "\">(.*?)</script>")
            .matcher(page);
    assertThat(script.find()).as(id).isTrue();
    return script.group(1);
  }
}
