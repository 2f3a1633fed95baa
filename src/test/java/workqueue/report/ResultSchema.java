package workqueue.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Holds results against {@code fixtures/result.schema.json}. */
public final class ResultSchema {
  private final Schema schema;

  private ResultSchema(String text) {
    this.schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text, InputFormat.JSON);
  }

  public static ResultSchema read() throws IOException {
    return new ResultSchema(Files.readString(Path.of("fixtures/result.schema.json")));
  }

  /** What is wrong with the text, as {@code place: rule}; empty if nothing is. */
  public List<String> complaints(String json) {
    return schema.validate(json, InputFormat.JSON).stream()
        .map(each -> each.getInstanceLocation() + ": " + each.getKeyword())
        .distinct()
        .sorted()
        .toList();
  }

  /** Fails unless the file is a result by the schema. */
  public void holds(Path file) throws IOException {
    assertThat(complaints(Files.readString(file))).as("%s against its schema", file).isEmpty();
  }
}
