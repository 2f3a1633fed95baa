package workqueue.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import workqueue.EnvironmentTrouble;
import workqueue.Redaction;
import workqueue.history.History;
import workqueue.history.HistoryFile;
import workqueue.report.ResultFile;

/**
 * A run as a page: one file that needs nothing else, neither a server nor the network.
 *
 * <p>The result is in it as it is; each history is packed, and unpacked when somebody looks at its
 * scenario.
 */
public final class Page {
  /** What the page is called in a folder of reports. */
  public static final String NAME = "index.html";

  /** How large a page may be, in bytes; what does not fit is left out, and the page says so. */
  static final int MOST_BYTES = 10_000_000;

  /** What a history's element takes at most, besides the history. */
  private static final int ELEMENT_BYTES = 60;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
          .build();

  private final Path result;
  private final int mostBytes;

  Page(Path result, int mostBytes) {
    this.result = result;
    this.mostBytes = mostBytes;
  }

  /**
   * Writes the page of a run.
   *
   * @param result the {@code result.json}; histories lie where it says, seen from its folder
   * @param target the file to write; what is there is replaced, whole
   * @throws EnvironmentTrouble if there is no result, or the page cannot be written
   */
  public static void write(Path result, Path target) {
    ResultFile.replace(target, new Page(result, MOST_BYTES).text());
  }

  /** The page. */
  String text() {
    JsonNode told = read();
    List<String> around = around(told);
    Set<String> packed = new HashSet<>();
    List<Packed> histories = new ArrayList<>();
    for (JsonNode scenario : told.path("scenarios")) {
      String history = scenario.path("history").asText();
      // Of several scenarios with one history, as the checks of a cluster, the first has it.
      histories.add(
          scenario.hasNonNull("history") && packed.add(history)
              ? pack(result.resolveSibling(history))
              : Packed.NONE);
    }
    int frame = around.stream().mapToInt(Page::bytes).sum() + histories.size() * ELEMENT_BYTES;
    fit(histories, mostBytes - frame);
    StringBuilder page = new StringBuilder(around.get(0));
    for (int i = 0; i < histories.size(); i++) {
      page.append("<script type=\"text/plain\" id=\"history-")
          .append(i)
          .append("\">")
          .append(histories.get(i).base64())
          .append("</script>\n");
    }
    return page.append(around.get(1)).toString();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private JsonNode read() {
    try {
      return JSON.readTree(result.toFile());
    } catch (IOException unreadable) {
      throw new EnvironmentTrouble(
          "There is no result to make a page of in "
              + result.toAbsolutePath()
              + ": "
              + unreadable.getMessage()
              + "\nRemedy: run a suite, for example mvn verify -Poutcome, or judge a history, mvn"
              + " verify -Pjudge -Dwq.history=<file>.",
          unreadable);
    }
  }

  /** What is on the page before the histories, and after them. */
  private static List<String> around(JsonNode told) {
    String echarts = Assets.echarts();
    String script = Assets.script();
    return Assets.around(
        "histories",
        Map.of(
            "policy",
            Assets.policy(echarts, script),
            "style",
            Assets.style(),
            "echarts",
            echarts,
            "script",
            script,
            "result",
            inScript(json(told))));
  }

  /** JSON that no HTML parser takes for anything else than text. */
  static String inScript(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * A history as the page holds it.
   *
   * @param base64 its timeline and its lines, zipped
   * @param bare its timeline alone, where there was no room for the lines
   */
  private record Packed(String base64, String bare) {
    static final Packed NONE = new Packed("", "");

    /** How much smaller it can be made. */
    int spare() {
      return base64.length() - bare.length();
    }
  }

  private static Packed pack(Path history) {
    if (!Files.exists(history)) {
      return without(history.getFileName() + " is not there any more");
    }
    try {
      History read = HistoryFile.read(history);
      List<String> lines = HistoryFile.toText(read).lines().toList();
      Timeline timeline = Drawing.of(read);
      return new Packed(
          zipped(new Content(timeline, lines, "")),
          zipped(
              new Content(
                  timeline,
                  List.of(),
                  "The page would be too large with the lines of this history in it: they are in "
                      + history.getFileName()
                      + ".")));
    } catch (RuntimeException trouble) {
      // The other scenarios are to be seen all the same.
      return without("the history cannot be shown: " + Redaction.redact(trouble.getMessage()));
    }
  }

  private static Packed without(String why) {
    String packed = zipped(new Content(null, List.of(), why));
    return new Packed(packed, packed);
  }

  /** Leaves the lines of the largest histories out until the rest has room. */
  private static void fit(List<Packed> histories, int room) {
    long size = histories.stream().mapToLong(each -> each.base64().length()).sum();
    List<Integer> largest =
        IntStream.range(0, histories.size())
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> -histories.get(i).spare()))
            .toList();
    for (int i : largest) {
      if (size <= room) {
        return;
      }
      Packed packed = histories.get(i);
      size -= packed.spare();
      histories.set(i, new Packed(packed.bare(), packed.bare()));
    }
  }

  /**
   * What is packed of a history.
   *
   * @param timeline null if there is none
   * @param lines of its file, the header first
   * @param note why something is left out; empty if nothing is
   */
  private record Content(Timeline timeline, List<String> lines, String note) {}

  private static String zipped(Content content) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(JSON.writeValueAsBytes(content));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Base64.getEncoder().encodeToString(zipped.toByteArray());
  }
}
