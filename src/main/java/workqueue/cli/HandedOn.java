package workqueue.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import workqueue.Build;
import workqueue.EnvironmentTrouble;
import workqueue.bundle.Bundle;
import workqueue.configuration.ConformanceMode;
import workqueue.conformance.Conformance;
import workqueue.conformance.Outcome;
import workqueue.history.ApiEvent.RequestMade;
import workqueue.history.History;
import workqueue.history.HistoryFile;
import workqueue.history.Recorded;

/** Puts beside a result what makes it worth something elsewhere, and all of it into a bundle. */
final class HandedOn {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path reports;
  private final Outcome outcome;
  private final History history;

  HandedOn(Path reports, Outcome outcome) {
    this.reports = reports;
    this.outcome = outcome;
    this.history = HistoryFile.read(outcome.history());
  }

  /**
   * Writes all of it, and returns the bundle.
   *
   * @throws EnvironmentTrouble if it cannot be written
   */
  Path pack(ConformanceMode mode) {
    try {
      Files.write(reports.resolve("conformance.md"), page());
      Files.writeString(
          reports.resolve("role.yaml"), Conformance.role(outcome.visit().namespace(), mode));
      Files.write(reports.resolve("requests.ndjson"), requests());
      Files.writeString(
          reports.resolve("versions.json"),
          versions().toPrettyString() + "\n",
          StandardCharsets.UTF_8);
    } catch (IOException cannot) {
      throw new EnvironmentTrouble(
          "Cannot write into %s: %s: %s%nRemedy: see that it can be written and the disk has room: df -h %s"
              .formatted(reports, cannot.getClass().getSimpleName(), cannot.getMessage(), reports),
          cannot);
    }
    Path bundle = reports.resolve(name());
    Bundle.of(reports).write(bundle);
    return bundle;
  }

  /** Contexts may hold any character, and a file's name may not. */
  private String name() {
    String cluster = outcome.visit().context().isEmpty() ? "cluster" : outcome.visit().context();
    return "conformance-%s-%s.tgz"
        .formatted(
            cluster.replaceAll("[^A-Za-z0-9.-]+", "-"), DAY.format(history.header().startedAt()));
  }

  private List<String> page() {
    return Stream.of(
            Stream.of("## " + outcome.verdict(), "", "```text"),
            outcome.lines().stream(),
            Stream.of("```"))
        .flatMap(each -> each)
        .toList();
  }

  /** Every request that was made, a line each. */
  private List<String> requests() throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<String> lines = new ArrayList<>();
    for (Recorded<RequestMade> each : history.all(RequestMade.class)) {
      ObjectNode line =
          json.createObjectNode()
              .put("method", each.event().method())
              .put("path", each.event().path())
              .put("dryRun", each.event().dryRun());
      if (each.event().code() != null) {
        line.put("code", each.event().code());
      }
      lines.add(json.writeValueAsString(line));
    }
    return lines;
  }

  private ObjectNode versions() {
    ObjectNode versions = new ObjectMapper().createObjectNode();
    Build.ofJar()
        .ifPresent(
            build ->
                versions
                    .put("harness", build.version())
                    .put("commit", build.commit())
                    .put("fixtures", "sha256:" + build.fixtures())
                    .put("libraries", build.libraries()));
    return versions
        .put("java", Runtime.version().toString())
        .put("kubernetes", history.header().environment().cluster().version());
  }
}
