package workqueue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * How the workers on client libraries were seen to behave, as the runs told that were recorded: by
 * their names, what each does. Where the docs are written, what the last run told is taken over.
 */
record RecordedBehaviour(Map<String, Map<String, String>> workers) {
  private static final Path FILE = Path.of("fixtures", "workers", "behaviour.json");
  private static final Path LAST = Path.of("reports", "result.json");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  static RecordedBehaviour read() {
    try {
      Map<String, Map<String, String>> workers = new TreeMap<>();
      JSON.readTree(FILE.toFile())
          .properties()
          .forEach(each -> workers.put(each.getKey(), texts(each.getValue())));
      if (GeneratedDocsTest.writes() && Files.exists(LAST)) {
        JSON.readTree(LAST.toFile())
            .path("workers")
            .forEach(each -> workers.put(each.path("name").asText(), card(each.path("behaviour"))));
        Files.writeString(FILE, JSON.writeValueAsString(workers) + "\n");
      }
      return new RecordedBehaviour(workers);
    } catch (IOException unreadable) {
      throw new AssertionError(FILE + " cannot be read.", unreadable);
    }
  }

  private static Map<String, String> texts(JsonNode card) {
    Map<String, String> texts = new TreeMap<>();
    card.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
    return texts;
  }

  private static Map<String, String> card(JsonNode behaviour) {
    Map<String, String> card = new TreeMap<>();
    StreamSupport.stream(behaviour.spliterator(), false)
        .forEach(each -> card.put(each.path("what").asText(), each.path("shown").asText()));
    return card;
  }

  /** What the workers of a kind do, side by side. */
  List<String> table(String kind) {
    Map<String, Map<String, String>> columns = new TreeMap<>();
    workers.forEach(
        (name, card) -> {
          if (name.endsWith("-" + kind)) {
            columns.put(name.substring(0, name.length() - kind.length() - 1), card);
          }
        });
    Set<String> rows = new LinkedHashSet<>();
    columns.values().forEach(each -> rows.addAll(each.keySet()));
    return GeneratedDocsTest.rows(
        Stream.concat(Stream.of(""), columns.keySet().stream()).toList(),
        rows.stream()
            .sorted()
            .map(
                what ->
                    Stream.concat(
                            Stream.of(what),
                            columns.values().stream().map(each -> each.getOrDefault(what, "–")))
                        .toList()));
  }
}
