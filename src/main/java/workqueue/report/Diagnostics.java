package workqueue.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import workqueue.Redaction;

/**
 * Writes what was collected about a failed scenario to {@code diagnostics/<scenario>/}.
 *
 * <p>Trouble on the way is added to the failure as a suppressed exception: it never hides it.
 */
public final class Diagnostics {
  private static final int NAME_CHARACTERS = 120;

  private final Path folder;

  /**
   * @param reports the folder of all reports
   * @param scenario the scenario's id; with its number if it is repeated
   */
  public Diagnostics(Path reports, String scenario) {
    this.folder = reports.resolve("diagnostics").resolve(safe(scenario));
  }

  /** Where they lie; made when the first of them is written. */
  public Path folder() {
    return folder;
  }

  /**
   * Collects one text and writes it, without passwords.
   *
   * @param failure what made one look; gets all trouble as suppressed exceptions
   * @param name the file's name, for example {@code job.yaml}; made safe, and unique in the folder
   * @param source gives the text; may throw
   * @return the file, or nothing if there was trouble
   */
  public Optional<Path> collect(Throwable failure, String name, Callable<String> source) {
    try {
      return Optional.of(write(name, source.call()));
    } catch (Exception trouble) {
      if (trouble instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      failure.addSuppressed(
          new IllegalStateException(
              "Cannot collect " + name + " for the diagnostics: " + Messages.of(trouble), trouble));
      return Optional.empty();
    }
  }

  private Path write(String name, String text) throws IOException {
    Files.createDirectories(folder);
    byte[] content = Redaction.redact(text).getBytes(StandardCharsets.UTF_8);
    String safe = safe(name);
    for (int copy = 1; ; copy++) {
      Path file = folder.resolve(copy == 1 ? safe : numbered(safe, copy));
      try {
        return Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } catch (FileAlreadyExistsException taken) {
        // The next number may be free.
      }
    }
  }

  /** A name that stays in its folder, on every file system: letters, digits, dot, dash, line. */
  static String safe(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]+", "_").replaceFirst("^[._-]+", "").strip();
    if (plain.length() > NAME_CHARACTERS) {
      int keep = NAME_CHARACTERS - 20;
      plain = plain.substring(0, keep) + plain.substring(plain.length() - 20);
    }
    return plain.isEmpty() ? "unnamed" : plain;
  }

  private static String numbered(String name, int copy) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name + "-" + copy : name.substring(0, dot) + "-" + copy + name.substring(dot);
  }
}
