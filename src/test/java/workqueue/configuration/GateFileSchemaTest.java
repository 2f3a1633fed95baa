package workqueue.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schema for editors and the examples of the documentation say what the reader reads. */
class GateFileSchemaTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

  @TempDir Path folder;

  @Test
  void knowsTheSameKeys() throws IOException {
    JsonNode schema =
        new ObjectMapper().readTree(Path.of("fixtures/work-queue.schema.json").toFile());
    List<String> keys = new ArrayList<>();
    schema
        .get("properties")
        .properties()
        .forEach(
            key -> {
              JsonNode below = key.getValue().get("properties");
              if (below == null) {
                keys.add(key.getKey());
              } else {
                below.fieldNames().forEachRemaining(name -> keys.add(key.getKey() + "." + name));
              }
            });
    assertThat(keys).containsExactlyInAnyOrderElementsOf(GateFile.keys());
  }

  @Test
  void readsTheExamplesOfTheDocumentation() throws IOException {
    Matcher examples = EXAMPLE.matcher(Files.readString(Path.of("docs/gate.md")));
    int read = 0;
    while (examples.find()) {
      Path file = folder.resolve("work-queue.yaml");
      Files.writeString(file, examples.group(1));
      if (examples.group(1).contains("evidence:")) {
        assertThat(GateFile.read(file)).as(examples.group(1)).isNotEmpty();
        read++;
      }
    }
    assertThat(read).isEqualTo(2);
  }
}
