package workqueue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * Which build of the harness runs, where it runs from its jar.
 *
 * @param version of the harness
 * @param commit that it was built from; {@code unknown} where git did not tell
 * @param fixtures the SHA-256 of the fixtures that it carries, in hexadecimal digits
 * @param libraries those that speak to others, with their versions
 */
public record Build(String version, String commit, String fixtures, String libraries) {
  private static final String RESOURCE = "/workqueue/build.properties";

  public Build {
    Objects.requireNonNull(version);
    Objects.requireNonNull(commit);
    Objects.requireNonNull(fixtures);
    Objects.requireNonNull(libraries);
  }

  /** What the jar says; empty where the classes come from somewhere else. */
  public static Optional<Build> ofJar() {
    try (InputStream resource = Build.class.getResourceAsStream(RESOURCE)) {
      return resource == null ? Optional.empty() : Optional.of(read(resource));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The jar is damaged: " + RESOURCE, unreadable);
    }
  }

  static Build read(InputStream resource) throws IOException {
    Properties properties = new Properties();
    properties.load(resource);
    return new Build(
        properties.getProperty("version", ""),
        properties.getProperty("commit", ""),
        properties.getProperty("fixtures.sha256", ""),
        properties.getProperty("libraries", ""));
  }
}
