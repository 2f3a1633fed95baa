package workqueue.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A copy of a folder, to be changed without touching the original; gone when it is closed. */
public final class FolderCopy implements AutoCloseable {
  private final Path root;

  private FolderCopy(Path root) {
    this.root = root;
  }

  /** Copies the folder with all below it, modes included, into a temporary one. */
  public static FolderCopy of(Path original) {
    try (Stream<Path> files = Files.walk(original)) {
      Path copy = Files.createTempDirectory("work-queue");
      for (Path file : files.toList()) {
        Path target = copy.resolve(original.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
      return new FolderCopy(copy);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The copy. */
  public Path root() {
    return root;
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
