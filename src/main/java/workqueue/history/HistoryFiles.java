package workqueue.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;

/** Finds recorded histories. */
public final class HistoryFiles {
  private static final String ENDING = ".ndjson";

  private HistoryFiles() {}

  /** All that these files and folders are and hold, each once. */
  public static List<Path> of(List<Path> given) {
    return given.stream().flatMap(each -> of(each).stream()).distinct().toList();
  }

  /**
   * The file itself, or all below the folder, in the order of their names.
   *
   * @throws EnvironmentTrouble if the folder holds none
   */
  public static List<Path> of(Path given) {
    if (Files.isRegularFile(given)) {
      return List.of(given);
    }
    List<Path> found = in(given);
    if (found.isEmpty()) {
      throw new EnvironmentTrouble(
          "There is no history, no file *%s, in %s.%nRemedy: run a suite, for example mvn verify -Poutcome."
              .formatted(ENDING, given));
    }
    return found;
  }

  /** All below the folder, in the order of their names; none if it is not there. */
  public static List<Path> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(each -> each.getFileName().toString().endsWith(ENDING)).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
