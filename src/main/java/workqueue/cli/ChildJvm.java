package workqueue.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A JVM as Failsafe starts it for a suite.
 *
 * <p>Testcontainers is told by the environment alone not to start a container that watches the
 * others, and a JVM cannot change its own.
 */
final class ChildJvm {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "TESTCONTAINERS_RYUK_DISABLED", "true",
          "TESTCONTAINERS_REUSE_ENABLE", "true",
          "TESTCONTAINERS_CHECKS_DISABLE", "true");
  private static final List<String> OPTIONS =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private ChildJvm() {}

  /** Whether this JVM's environment is not that of a suite. */
  static boolean isNeeded() {
    return !System.getenv().entrySet().containsAll(ENVIRONMENT.entrySet());
  }

  /** Carries out a command there, and returns the exit code. */
  static int run(List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    System.getProperties().stringPropertyNames().stream()
        .filter(each -> each.startsWith("wq."))
        .forEach(each -> command.add("-D" + each + "=" + System.getProperty(each)));
    command.add(Main.class.getName());
    command.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(ENVIRONMENT);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    try {
      return Processes.await(builder);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }
}
