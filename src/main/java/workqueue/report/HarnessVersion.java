package workqueue.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Finds the harness's version in what Maven puts into its jar. */
final class HarnessVersion {
  /** Stands for classes that were run from a folder. */
  static final String UNPACKED = "development";

  private static final String RESOURCE =
      "/META-INF/maven/workqueue/work-queue-harness/pom.properties";

  private HarnessVersion() {}

  static String read() {
    try (InputStream properties = HarnessVersion.class.getResourceAsStream(RESOURCE)) {
      return read(properties);
    } catch (IOException unreadable) {
      return UNPACKED;
    }
  }

  static String read(InputStream pomProperties) throws IOException {
    if (pomProperties == null) {
      return UNPACKED;
    }
    Properties properties = new Properties();
    properties.load(pomProperties);
    return properties.getProperty("version", UNPACKED);
  }
}
