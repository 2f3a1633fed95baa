package workqueue.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;
import workqueue.checker.claim.Verdict;

/**
 * The file {@code result.json}: whoever reads it, at whatever moment, finds a whole result.
 *
 * <p>Each writing goes to a file of its own beside it, which then takes its place in one move, so
 * that writers side by side cannot mix; the last one stays.
 */
public final class ResultFile {
  private final Path file;

  /**
   * @param reports the folder; made when the file is written
   */
  public ResultFile(Path reports) {
    this.file = reports.resolve("result.json");
  }

  /** Where the result lies. */
  public Path path() {
    return file;
  }

  /**
   * Replaces what an earlier run left by the verdict UNKNOWN, before the first test.
   *
   * @throws EnvironmentTrouble if it cannot be written
   */
  public void begin(RunInfo run) {
    write(RunResult.soFar(run, List.of(), Map.of()));
  }

  /** The id of the run that left its result in the folder; empty if there is none to be read. */
  public static Optional<String> run(Path reports) {
    return read(reports).map(result -> result.at("/run/id").asText());
  }

  /** The verdict of that run; empty if it did not come to its end. */
  public static Optional<Verdict> verdict(Path reports) {
    return read(reports)
        .filter(result -> result.path("complete").asBoolean(true))
        .flatMap(
            result ->
                Stream.of(Verdict.values())
                    .filter(each -> each.name().equals(result.path("verdict").asText()))
                    .findFirst());
  }

  private static Optional<JsonNode> read(Path reports) {
    try {
      return Optional.of(new ObjectMapper().readTree(new ResultFile(reports).path().toFile()));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * Removes a file beside it that an earlier run left.
   *
   * @throws EnvironmentTrouble if it cannot be removed
   */
  void removeBeside(String name) {
    Path left = file.resolveSibling(name);
    try {
      Files.deleteIfExists(left);
    } catch (IOException cannot) {
      throw new EnvironmentTrouble(
          "Cannot remove "
              + left.toAbsolutePath()
              + ", which an earlier run left: "
              + cannot
              + ". To remove it: rm "
              + left.toAbsolutePath(),
          cannot);
    }
  }

  /**
   * The ids of the scenarios that did not come out VALID in the run that left its result in the
   * folder; none if there is no such result, or it cannot be read.
   */
  public static List<String> notValid(Path reports) {
    List<String> ids = new ArrayList<>();
    for (JsonNode each :
        read(reports).map(result -> result.path("scenarios")).orElse(MissingNode.getInstance())) {
      if (!each.path("verdict").asText().equals(Verdict.VALID.name())) {
        ids.add(each.path("id").asText());
      }
    }
    return ids.stream().distinct().toList();
  }

  /**
   * Replaces the file by this result, whole, and on the disk when it returns.
   *
   * @throws EnvironmentTrouble if it cannot be written
   */
  public void write(RunResult result) {
    replace(file, ResultJson.of(result));
  }

  /**
   * Writes another file beside it, in the same way.
   *
   * @throws EnvironmentTrouble if it cannot be written
   */
  void writeBeside(String name, String text) {
    replace(file.resolveSibling(name), text);
  }

  /**
   * Has the text take the place of a file, whole, and on the disk when it returns.
   *
   * @throws EnvironmentTrouble if it cannot be written
   */
  public static void replace(Path file, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    Path draft = file.resolveSibling(".result-" + UUID.randomUUID() + ".json");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try {
        writeThrough(draft, content);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException cannot) {
      throw new EnvironmentTrouble(
          "Cannot write "
              + file.toAbsolutePath()
              + ": "
              + cannot.getClass().getSimpleName()
              + ": "
              + cannot.getMessage()
              + ". See that the folder can be written and the disk has room: ls -ld "
              + file.toAbsolutePath().getParent()
              + " && df -h "
              + file.toAbsolutePath().getParent(),
          cannot);
    }
    settle(file.toAbsolutePath().getParent());
  }

  private static void writeThrough(Path draft, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** The move itself reaches the disk with the folder, where the system can do that at all. */
  private static void settle(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException notHere) {
      // The content is safe already; only the moment of its appearance is not.
    }
  }
}
