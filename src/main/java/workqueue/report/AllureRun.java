package workqueue.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import workqueue.EnvironmentTrouble;
import workqueue.Redaction;

/** Writes what Allure's report says of the run as a whole, once. */
public final class AllureRun {
  /**
   * An {@link AssertionError} is "failed" to Allure, and anything else that was thrown "broken":
   * what the harness foresees is trouble of what it looks at, and what it does not its own.
   */
  private static final String CATEGORIES =
      """
      [
        {
          "name": "The system is wrong",
          "matchedStatuses": ["failed"]
        },
        {
          "name": "We could not look",
          "matchedStatuses": ["broken"],
          "traceRegex": "(?s)workqueue\\\\..*"
        },
        {
          "name": "The harness is at fault",
          "matchedStatuses": ["broken"],
          "traceRegex": "(?s)(?!workqueue\\\\.).*"
        }
      ]
      """;

  private final Path results;
  private final AtomicBoolean written = new AtomicBoolean();

  /**
   * @param results the folder of Allure's results; made if it is missing
   */
  public AllureRun(Path results) {
    this.results = results;
  }

  /**
   * Writes {@code environment.properties} and {@code categories.json}; a second call does nothing.
   *
   * @param environment what the report shows of the environment, without passwords
   * @throws EnvironmentTrouble if they cannot be written
   */
  public void write(Map<String, String> environment) {
    if (!written.compareAndSet(false, true)) {
      return;
    }
    try {
      Files.createDirectories(results);
      StringBuilder properties = new StringBuilder();
      for (Map.Entry<String, String> each : new TreeMap<>(environment).entrySet()) {
        properties.append(line(each.getKey(), Redaction.redact(each.getValue()))).append('\n');
      }
      Files.writeString(results.resolve("environment.properties"), properties);
      Files.writeString(results.resolve("categories.json"), CATEGORIES);
    } catch (IOException cannot) {
      throw new EnvironmentTrouble(
          "Cannot write to Allure's results in " + results.toAbsolutePath() + ": " + cannot,
          cannot);
    }
  }

  /** One line as {@link Properties} reads it, without the date that it would write above. */
  private static String line(String key, String value) throws IOException {
    Properties single = new Properties();
    single.setProperty(key, value);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    single.store(text, null);
    return text.toString(StandardCharsets.US_ASCII)
        .lines()
        .filter(each -> !each.startsWith("#"))
        .findFirst()
        .orElse("");
  }
}
