package workqueue.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run's claim on what it makes, which ends with the process however that ends.
 *
 * <p>What a run makes carries {@link #labels()}; whoever finds such a thing can ask {@link #isHeld}
 * whether its run still lives.
 */
public final class RunLock implements AutoCloseable {
  /** The label, on containers, networks and namespaces, that holds the id of the run. */
  public static final String LABEL = "work-queue.run";

  private static final String HOST_LABEL = "work-queue.host";

  private final Path folder;
  private final String run;
  private final FileChannel channel;

  private RunLock(Path folder, String run, FileChannel channel) {
    this.folder = folder;
    this.run = run;
    this.channel = channel;
  }

  /** Where the locks of this user's runs lie. */
  public static Path usualFolder() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("work-queue").resolve("runs");
  }

  /**
   * Takes the lock of a new run.
   *
   * @throws UncheckedIOException if the folder cannot be written
   * @throws IllegalStateException if another process holds a run of that id
   */
  public static RunLock take(Path folder, String run) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(run + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locks(channel)) {
        channel.close();
        throw new IllegalStateException("Another process holds the run " + run + ".");
      }
      return new RunLock(folder, run, channel);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException ownProcess) {
      return false;
    }
  }

  public String run() {
    return run;
  }

  /** The labels of everything that this run makes in the engine. */
  public Map<String, String> labels() {
    return Map.of(LABEL, run, HOST_LABEL, host());
  }

  /** Says that what the run made stays after its end, on the user's wish. */
  public void keepWhatIsMade() {
    try {
      Files.writeString(kept(folder, run), "Kept on request; safe to delete.\n");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Whether a run still lives, or asked for what it made to be kept. */
  static boolean isHeld(Path folder, Map<String, String> labels) {
    String run = Optional.ofNullable(labels.get(LABEL)).orElse("");
    if (!host().equals(labels.get(HOST_LABEL)) || Files.exists(kept(folder, run))) {
      return true;
    }
    Path file = folder.resolve(run + ".lock");
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException ownRun) {
      return true;
    } catch (IOException unreadable) {
      return true;
    }
  }

  /** Deletes the locks that no process holds any more. */
  static void forgetDead(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".lock")).toList()) {
        String run = file.getFileName().toString().replaceFirst("\\.lock$", "");
        if (!isHeld(folder, Map.of(LABEL, run, HOST_LABEL, host()))) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException unreadable) {
      // nobody's locks are in the way
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(folder.resolve(run + ".lock"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path kept(Path folder, String run) {
    return folder.resolve(run + ".kept");
  }

  private static String host() {
    try {
      return Files.readString(Path.of("/etc/hostname")).strip();
    } catch (IOException absent) {
      return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("this-machine");
    }
  }
}
