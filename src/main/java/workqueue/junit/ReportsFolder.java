package workqueue.junit;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The folder into which a run reports. */
public final class ReportsFolder {
  /** The configuration parameter of the JUnit Platform by which who starts a run names another. */
  public static final String KEY = "workqueue.reports";

  private ReportsFolder() {}

  static Path of(ExtensionContext context) {
    return Path.of(context.getConfigurationParameter(KEY).orElse("reports"));
  }
}
