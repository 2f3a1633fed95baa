package workqueue.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks git which commit a folder is at. */
final class GitDescription {
  static final String UNKNOWN = "unknown";

  private static final int LIMIT_SECONDS = 3;

  private GitDescription() {}

  /**
   * What {@code git describe} says, or {@code unknown} without git, a commit, or a quick answer.
   */
  static String of(Path directory) {
    return of(directory, List.of("git", "describe", "--always", "--dirty"));
  }

  static String of(Path directory, List<String> command) {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toAbsolutePath().toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException noGit) {
      return UNKNOWN;
    }
    try {
      process.getOutputStream().close();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        return UNKNOWN;
      }
      String line =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return line.isEmpty() ? UNKNOWN : line;
    } catch (IOException noAnswer) {
      return UNKNOWN;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    } finally {
      process.destroyForcibly();
    }
  }
}
