package workqueue.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import workqueue.checker.Claim;
import workqueue.checker.Judge;
import workqueue.checker.Judged;
import workqueue.history.Environment;
import workqueue.history.Evidence;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.HistoryFile;
import workqueue.history.Recorder;
import workqueue.report.ScenarioResult;

/** The record of one scenario, and the judgement of it. */
final class Recording {
  private final String scenario;
  private final Path reports;
  private final String file;
  private final Instant startedAt;
  private final Recorder recorder;
  private Environment environment = Environment.unknown();
  private Evidence evidence = Evidence.none();

  /**
   * Begins an empty record.
   *
   * @param scenario its id
   * @param name of the file below {@code histories}, without its ending
   */
  Recording(String scenario, Path reports, String name) {
    this.scenario = scenario;
    this.reports = reports;
    this.file = "histories/" + name + ".ndjson";
    Clock clock = Clock.systemUTC();
    this.startedAt = clock.instant();
    this.recorder = new Recorder(clock);
  }

  Recorder recorder() {
    return recorder;
  }

  void environment(Environment seen) {
    environment = seen;
  }

  void evidence(Evidence declared) {
    evidence = declared;
  }

  /** The header of a history that makes these claims. */
  Header header(List<Claim> claims) {
    return new Header(
        scenario, startedAt, environment, evidence, claims.stream().map(Claim::spec).toList());
  }

  /** Judges the claims on what was recorded, writes the record, and reports both. */
  Judged judge(ScenarioResult.Builder result, List<Claim> claims) {
    History history = recorder.history(header(claims));
    Judged judged = Judge.judge(history, claims);
    Instant now = Instant.now();
    judged
        .decidedAt()
        .ifPresent(
            decided ->
                result.verdictLatencySeconds(
                    Math.max(0, Duration.between(decided, now).toMillis() / 1000.0)));
    write(history);
    result.history(file).claims(judged.judgements()).findings(judged.findings());
    return judged;
  }

  /** Writes what was recorded of a scenario that made no claims, for it ended early. */
  void keep(ScenarioResult.Builder result) {
    History history = recorder.history(header(List.of()));
    if (!history.isEmpty()) {
      write(history);
      result.history(file);
    }
  }

  private void write(History history) {
    Path path = reports.resolve(file);
    try {
      Files.createDirectories(path.getParent());
      HistoryFile.write(history, path);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
