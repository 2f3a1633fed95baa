package workqueue.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;
import workqueue.Sha256;

/**
 * What a run left, in one file: result, histories, what else there is, and a hash of each.
 *
 * <p>The hashes tell a bundle that was damaged from one that is whole. That it is true is told by
 * the histories, which are judged again.
 */
public final class Bundle {
  /** As {@code sha256sum --check} reads it. */
  static final String HASHES = "manifest.sha256";

  private static final String RESULT = "result.json";
  private static final String HISTORIES = "histories/";

  /** What of the folder for reports is handed on, and nothing else of it. */
  private static final List<Predicate<String>> HANDED_ON =
      List.of(
          RESULT::equals,
          "summary.md"::equals,
          "index.html"::equals,
          "conformance.md"::equals,
          "role.yaml"::equals,
          "requests.ndjson"::equals,
          "versions.json"::equals,
          name -> name.matches("inventory-[a-z]+\\.ndjson"),
          name -> name.matches("histories/[^/]+\\.ndjson"),
          name -> name.startsWith("overlay/"),
          name -> name.matches("junit/[^/]+\\.xml"));

  private final SortedMap<String, byte[]> files;

  private Bundle(SortedMap<String, byte[]> files) {
    this.files = Collections.unmodifiableSortedMap(files);
  }

  /**
   * Takes what a run left in its folder for reports.
   *
   * @throws EnvironmentTrouble if there is no result in it
   */
  public static Bundle of(Path reports) {
    if (!Files.isRegularFile(reports.resolve(RESULT))) {
      throw new EnvironmentTrouble(
          "There is no %s in %s, so there is nothing to hand on.".formatted(RESULT, reports));
    }
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(reports)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = reports.relativize(file).toString();
        if (HANDED_ON.stream().anyMatch(each -> each.test(name))) {
          files.put(name, Files.readAllBytes(file));
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    files.put(HASHES, hashes(files).getBytes(StandardCharsets.UTF_8));
    return new Bundle(files);
  }

  /**
   * Reads a bundle and checks it: all of its files are as they were.
   *
   * @throws ChangedBundle if one is not, or it is none
   * @throws EnvironmentTrouble if it cannot be read
   */
  public static Bundle read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new EnvironmentTrouble(
          "Cannot read the bundle %s: %s: %s"
              .formatted(file, unreadable.getClass().getSimpleName(), unreadable.getMessage()),
          unreadable);
    }
    try {
      return read(bytes);
    } catch (ChangedBundle changed) {
      throw new ChangedBundle(
          "%s was changed, or is no bundle: %s.".formatted(file, changed.getMessage()));
    }
  }

  private static Bundle read(byte[] bytes) {
    SortedMap<String, byte[]> files = BundleFile.read(bytes);
    SortedMap<String, byte[]> hashed = new TreeMap<>(files);
    byte[] told = hashed.remove(HASHES);
    if (told == null || !hashed.containsKey(RESULT)) {
      throw new ChangedBundle("it lacks " + (told == null ? HASHES : RESULT));
    }
    requireSame(new String(told, StandardCharsets.UTF_8), hashes(hashed));
    Bundle bundle = new Bundle(files);
    if (!bundle.result().path("scenarios").isArray()) {
      throw new ChangedBundle(RESULT + " is no result");
    }
    return bundle;
  }

  private static void requireSame(String told, String found) {
    if (told.equals(found)) {
      return;
    }
    List<String> before = told.lines().toList();
    List<String> differing =
        Stream.concat(
                found.lines().filter(line -> !before.contains(line)),
                before.stream().filter(line -> found.lines().noneMatch(line::equals)))
            .map(line -> line.replaceFirst("^[0-9a-f]*  ", ""))
            .distinct()
            .toList();
    throw new ChangedBundle(
        "not as its hash says: " + (differing.isEmpty() ? HASHES : String.join(", ", differing)));
  }

  private static String hashes(SortedMap<String, byte[]> files) {
    return files.entrySet().stream()
        .map(each -> Sha256.hex(each.getValue()) + "  " + each.getKey() + "\n")
        .collect(Collectors.joining());
  }

  /**
   * Writes it, whole or not at all.
   *
   * @throws EnvironmentTrouble if it cannot be written
   */
  public void write(Path file) {
    Path draft = file.resolveSibling("." + file.getFileName() + ".draft");
    try {
      try {
        Files.write(draft, BundleFile.write(files));
        Files.move(
            draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException cannot) {
      throw new EnvironmentTrouble(
          """
          Cannot write the bundle %s: %s: %s
          Remedy: see that the folder can be written and the disk has room: df -h %s"""
              .formatted(
                  file,
                  cannot.getClass().getSimpleName(),
                  cannot.getMessage(),
                  file.toAbsolutePath().getParent()),
          cannot);
    }
  }

  /** The names of its files. */
  public List<String> names() {
    return List.copyOf(files.keySet());
  }

  /** Its result. */
  public JsonNode result() {
    try {
      return new ObjectMapper().readTree(files.get(RESULT));
    } catch (IOException nonsense) {
      throw new ChangedBundle(RESULT + " is no result: " + nonsense.getMessage());
    }
  }

  /** Puts its histories into a folder, and returns them. */
  public List<Path> unpackHistories(Path folder) {
    List<Path> histories = new ArrayList<>();
    try {
      for (Map.Entry<String, byte[]> each : files.entrySet()) {
        if (each.getKey().startsWith(HISTORIES)) {
          histories.add(
              Files.write(
                  folder.resolve(each.getKey().substring(HISTORIES.length())), each.getValue()));
        }
      }
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
    return histories;
  }
}
