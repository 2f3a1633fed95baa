package workqueue.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import workqueue.Build;
import workqueue.EnvironmentTrouble;

/**
 * Where the fixtures lie: in a checkout its own; of the jar those that it carries, unpacked into
 * the cache under their checksum.
 */
public final class FixturesFolder {
  private static final String ARCHIVE = "/workqueue/fixtures.tar";
  private static final String IMAGES = "images.properties";
  private static final int DIGITS = 16;
  private static final int EXECUTABLE = 0100;

  private FixturesFolder() {}

  /**
   * The folder; those of the jar are there, whole and unchanged, when this returns.
   *
   * @throws EnvironmentTrouble if they cannot be unpacked
   */
  public static Path root() {
    Optional<Build> build = Build.ofJar();
    if (build.isEmpty()) {
      return Path.of("fixtures");
    }
    Path root =
        CacheFolder.usual()
            .resolve("fixtures")
            .resolve(build.get().fixtures().substring(0, DIGITS));
    try (InputStream archive = FixturesFolder.class.getResourceAsStream(ARCHIVE)) {
      unpack(archive, root);
    } catch (IOException cannot) {
      throw new EnvironmentTrouble(
          """
          Cannot unpack the fixtures into %s: %s: %s
          Remedy: see that the folder can be written and the disk has room, or name another one \
          with XDG_CACHE_HOME."""
              .formatted(root, cannot.getClass().getSimpleName(), cannot.getMessage()),
          cannot);
    }
    return root;
  }

  /** The file in which {@code fixtures/bootstrap} says which images there are; it need not be. */
  static Path images() {
    return Build.ofJar().isPresent()
        ? CacheFolder.usual().resolve(IMAGES)
        : Path.of("fixtures", IMAGES);
  }

  /** The command that writes that file. */
  static String bootstrap() {
    return Build.ofJar().isPresent()
        ? "java -jar work-queue.jar bootstrap"
        : Path.of("fixtures", "bootstrap").toString();
  }

  /** Writes each file that is not there as it should be; others may do so at the same time. */
  static void unpack(InputStream archive, Path root) throws IOException {
    Files.createDirectories(root);
    TarArchiveInputStream entries = new TarArchiveInputStream(archive);
    for (TarArchiveEntry entry = entries.getNextEntry();
        entry != null;
        entry = entries.getNextEntry()) {
      Path file = root.resolve(entry.getName()).normalize();
      if (!file.startsWith(root)) {
        throw new IOException(entry.getName() + " lies outside");
      }
      if (entry.isDirectory()) {
        Files.createDirectories(file);
      } else {
        Files.createDirectories(file.getParent());
        write(file, entries.readAllBytes(), (entry.getMode() & EXECUTABLE) != 0);
      }
    }
  }

  private static void write(Path file, byte[] content, boolean executable) throws IOException {
    if (Files.isRegularFile(file)
        && Files.isExecutable(file) == executable
        && Arrays.equals(Files.readAllBytes(file), content)) {
      return;
    }
    Path draft = Files.createTempFile(file.getParent(), ".", ".draft");
    try {
      Files.write(draft, content);
      Files.setPosixFilePermissions(
          draft, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
