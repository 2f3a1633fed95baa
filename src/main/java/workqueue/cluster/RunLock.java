package workqueue.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import workqueue.configuration.CacheFolder;

/**
 * A run's claim on what it makes, which ends with the process however that ends.
 *
 * <p>What a run makes carries {@link #labels()}; whoever finds such a thing can ask {@link #isDead}
 * whether its run ended without removing it.
 */
public final class RunLock implements AutoCloseable {
  /** The label, on containers, networks and namespaces, that holds the id of the run. */
  public static final String LABEL = "work-queue.run";

  // Docker's builder makes a layer for each label, in the order of their names: after the run's all
  // carry it, and go with it.
  private static final String HOST_LABEL = "work-queue.run.host";
  private static final String PROCESS_LABEL = "work-queue.run.process";
  private static final String BOOT_LABEL = "work-queue.run.boot";

  /**
   * A process id is given again, and each container counts from 1; the instant tells them apart.
   */
  private static final String PROCESS =
      ProcessHandle.current().pid()
          + ProcessHandle.current()
              .info()
              .startInstant()
              .map(at -> "-" + at.toEpochMilli())
              .orElse("");

  private final Path folder;
  private final String run;
  private final boolean mayBeKept;
  private final FileChannel channel;

  private RunLock(Path folder, String run, boolean mayBeKept, FileChannel channel) {
    this.folder = folder;
    this.run = run;
    this.mayBeKept = mayBeKept;
    this.channel = channel;
  }

  /** Where the locks of this user's runs lie. */
  public static Path usualFolder() {
    return CacheFolder.usual().resolve("runs");
  }

  /**
   * Takes the lock of a new run.
   *
   * @throws UncheckedIOException if the folder cannot be written
   * @throws IllegalStateException if another process holds a run of that id
   */
  public static RunLock take(Path folder, String run) {
    return take(folder, run, false);
  }

  /**
   * Takes the lock of a new run whose containers may be kept after it.
   *
   * @throws UncheckedIOException if the folder cannot be written
   * @throws IllegalStateException if another process holds a run of that id
   */
  public static RunLock take(Path folder, String run, boolean mayBeKept) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(run + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locks(channel)) {
        channel.close();
        throw new IllegalStateException("Another process holds the run " + run + ".");
      }
      return new RunLock(folder, run, mayBeKept, channel);
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
    return Map.of(LABEL, run, HOST_LABEL, host(), BOOT_LABEL, boot(), PROCESS_LABEL, PROCESS);
  }

  /** Labels a container of this run, and leaves its removal to the run where it may be kept. */
  public void own(GenericContainer<?> container) {
    container.withLabels(labels());
    // When the JVM ends, Testcontainers removes whatever is not declared reusable. No other run
    // reuses it: this run's label is part of what would have to be equal.
    container.withReuse(mayBeKept);
  }

  /** Says that what the run made stays after its end, on the user's wish. */
  public void keepWhatIsMade() {
    try {
      Files.writeString(kept(folder, run), "Kept on request; safe to delete.\n");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Whether the run that these labels name was ended without cleaning up: its lock is here, and
   * nobody holds it. Of a run whose lock is not here, another user's or another machine's, nothing
   * is known.
   */
  static boolean isDead(Path folder, Map<String, String> labels) {
    String run = Optional.ofNullable(labels.get(LABEL)).orElse("");
    Path file = folder.resolve(run + ".lock");
    // Linux drops a process's lock when the process closes any view of the file: hands off our own.
    if (PROCESS.equals(labels.get(PROCESS_LABEL))
        || !wasHere(labels)
        || !Files.exists(file)
        || Files.exists(kept(folder, run))) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return locks(channel);
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * Whether this machine's kernel holds the run's lock, or held it before it was booted again: each
   * container has a host name of its own, and all of a machine have one kernel.
   */
  private static boolean wasHere(Map<String, String> labels) {
    String boot = boot();
    return host().equals(labels.get(HOST_LABEL))
        || (!boot.isEmpty() && boot.equals(labels.get(BOOT_LABEL)));
  }

  private static String boot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException noLinux) {
      return "";
    }
  }

  /** Deletes the lock of a dead run of which nothing is left. */
  static void forget(Path folder, String run) {
    try {
      Files.deleteIfExists(folder.resolve(run + ".lock"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
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
