package workqueue.cli;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Runs another program in this one's place. */
final class Processes {
  private static final long MINUTES_TO_CLEAN_UP = 5;

  /** Longer than any suite is repeated in earnest. */
  private static final long DAYS = 7;

  private Processes() {}

  /** Runs it to its end, and returns its exit code; what stops this JVM stops it first. */
  static int await(ProcessBuilder program) throws IOException {
    Process process = program.start();
    Thread stop =
        new Thread(
            () -> {
              process.destroy();
              try {
                process.waitFor(MINUTES_TO_CLEAN_UP, TimeUnit.MINUTES);
              } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
              }
            },
            "work-queue-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      if (process.waitFor(DAYS, TimeUnit.DAYS)) {
        return process.exitValue();
      }
      process.destroy();
      return ExitCode.UNKNOWN;
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
      process.destroy();
      return ExitCode.UNKNOWN;
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(stop);
      } catch (IllegalStateException stopping) {
        // The hook runs.
      }
    }
  }
}
