package workqueue.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judged;
import workqueue.checker.claim.Verdict;
import workqueue.history.History;
import workqueue.history.HistoryFile;
import workqueue.history.UnreadableHistory;

/**
 * Recorded histories, in one folder for each Kubernetes version, and what each must come to.
 *
 * <p>It is never rewritten: what is recorded later is added beside.
 */
record Corpus(Path root) {
  static final String RECORDED = ".ndjson";
  private static final String KEPT = RECORDED + ".gz";
  private static final Pattern VERSION =
      Pattern.compile("v?(?<version>\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.]+)?)(\\+.*)?");

  /** The folders of the Kubernetes versions. */
  List<Path> versions() {
    return list(root, Files::isDirectory);
  }

  /** The files of all histories. */
  List<Path> histories() {
    return versions().stream()
        .flatMap(version -> list(version, file -> file.toString().endsWith(KEPT)).stream())
        .toList();
  }

  /** The name by which the expectations know a history. */
  static String name(Path kept) {
    String file = kept.getFileName().toString();
    return file.substring(0, file.length() - KEPT.length());
  }

  /** The text of a history. */
  static String text(Path kept) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(kept))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Cannot read " + kept, unreadable);
    }
  }

  /**
   * Adds a history and what judging it comes to.
   *
   * @param label set behind the file's name, so that it lies beside one that is there; may be empty
   * @return where it is kept
   * @throws Refused if it does not belong here, and nothing was changed
   */
  Path add(Path recorded, String label) throws Refused, IOException {
    String file = recorded.getFileName().toString();
    String name =
        file.substring(0, file.length() - RECORDED.length()) + (label.isEmpty() ? "" : "." + label);
    History history = read(recorded);
    Judged judged = judge(recorded, history);
    holdAgainstResult(recorded, history.header().scenario());
    Path folder = root.resolve(version(recorded, history));
    Path kept = folder.resolve(name + KEPT);
    if (Files.exists(kept)) {
      throw new Refused(
          """
          %s: %s is there, and the corpus is never rewritten.
          Add it beside, if it shows something else: fixtures/record --label <what is different> %1$s"""
              .formatted(recorded, kept));
    }
    Files.createDirectories(folder);
    Expectations.add(folder, name, Statement.of(name, history, judged));
    Files.write(kept, zipped(Files.readAllBytes(recorded)), StandardOpenOption.CREATE_NEW);
    return kept;
  }

  private static History read(Path recorded) throws Refused {
    try {
      return HistoryFile.read(recorded);
    } catch (UnreadableHistory damaged) {
      throw new Refused(damaged.getMessage());
    }
  }

  private static Judged judge(Path recorded, History history) throws Refused {
    Judged judged;
    try {
      judged = Judge.judge(history);
    } catch (IllegalArgumentException unknown) {
      throw new Refused(
          """
          %s: its claims cannot be judged: %s
          Record it again with this version of the harness."""
              .formatted(recorded, unknown.getMessage()));
    }
    if (judged.trouble().isPresent()) {
      throw new Refused(
          """
          %s: it cannot be diagnosed, which is a fault of the harness: %s
          Fix the diagnosis, then add it."""
              .formatted(recorded, judged.trouble().get()));
    }
    if (judged.verdict() != Verdict.VALID) {
      throw new Refused(
          """
          %s: it is not as its scenario expects, and the corpus holds only what is.
          %s"""
              .formatted(recorded, judged.message().indent(2).stripTrailing()));
    }
    return judged;
  }

  /** A scenario may fail for more than its claims, which only the result of its run tells. */
  private static void holdAgainstResult(Path recorded, String scenario)
      throws Refused, IOException {
    Path result = recorded.toAbsolutePath().getParent().resolveSibling("result.json");
    if (!Files.isRegularFile(result)) {
      return;
    }
    JsonNode told;
    try {
      told = JsonMapper.builder().build().readTree(result.toFile());
    } catch (JsonProcessingException damaged) {
      throw new Refused(
          """
          %s: the result of its run is damaged: %s
          Record it again: run the scenario."""
              .formatted(recorded, result));
    }
    for (JsonNode each : told.path("scenarios")) {
      String verdict = each.path("verdict").asText();
      if (each.path("id").asText().equals(scenario) && !verdict.equals(Verdict.VALID.name())) {
        throw new Refused(
            """
            %s: its scenario was not as expected, and the corpus holds only what was.
              %s: %s is %s"""
                .formatted(recorded, result, scenario, verdict));
      }
    }
  }

  private static String version(Path recorded, History history) throws Refused {
    String told = history.header().environment().cluster().version();
    Matcher version = VERSION.matcher(told);
    if (!version.matches()) {
      throw new Refused(
          """
          %s: its header names no Kubernetes version as in v1.37.2, but "%s".
          Record it again, on a cluster that tells its version."""
              .formatted(recorded, told));
    }
    return version.group("version");
  }

  /** The same bytes for the same history: the format's time stamp stays zero. */
  private static byte[] zipped(byte[] history) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(history);
    }
    return zipped.toByteArray();
  }

  private static List<Path> list(Path folder, Predicate<Path> which) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(which).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Cannot list " + folder, unreadable);
    }
  }
}
