package workqueue.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the histories of one Kubernetes version must come to: a file of one statement a line, in the
 * order of the histories' names.
 */
final class Expectations {
  static final String FILE = "expected.ndjson";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Expectations() {}

  /** The statements of each history; none if the folder has no such file. */
  static Map<String, List<Statement>> in(Path folder) {
    Path file = folder.resolve(FILE);
    Map<String, List<Statement>> byHistory = new TreeMap<>();
    if (!Files.exists(file)) {
      return byHistory;
    }
    try {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        Statement statement = statement(file, number, line);
        byHistory.computeIfAbsent(statement.history(), name -> new ArrayList<>()).add(statement);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Cannot read " + file, unreadable);
    }
    return byHistory;
  }

  /** Adds what a history must come to; what the others must come to stays. */
  static void add(Path folder, String history, List<Statement> statements) throws IOException {
    Map<String, List<Statement>> all = in(folder);
    all.put(history, statements);
    StringBuilder text = new StringBuilder();
    for (List<Statement> each : all.values()) {
      for (Statement statement : each) {
        text.append(JSON.writeValueAsString(statement)).append('\n');
      }
    }
    Files.writeString(folder.resolve(FILE), text);
  }

  private static Statement statement(Path file, int number, String line) {
    try {
      return JSON.readValue(line, Statement.class);
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException(
          "%s, line %d: this is no statement: %s"
              .formatted(file, number, damaged.getOriginalMessage()),
          damaged);
    }
  }
}
