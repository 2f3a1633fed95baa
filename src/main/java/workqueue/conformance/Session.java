package workqueue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import workqueue.checker.CheckAnswer;
import workqueue.checker.Verdict;
import workqueue.cluster.Exchange;
import workqueue.cluster.Guest;
import workqueue.cluster.Guest.Answer;
import workqueue.cluster.GuestRules;
import workqueue.cluster.Kubeconfig;
import workqueue.configuration.Configuration;
import workqueue.configuration.ConformanceMode;
import workqueue.history.ApiEvent.GuestArrived;
import workqueue.history.ApiEvent.GuestNamed;
import workqueue.history.ApiEvent.RequestMade;
import workqueue.history.Environment;
import workqueue.history.Evidence;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.HistoryFile;
import workqueue.history.Recorded;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.report.RunReport;
import workqueue.report.RunResult;
import workqueue.report.VisitResult;
import workqueue.tutorial.Fixtures;

/** One visit to a cluster: what is looked at there, the record of it, and what it comes to. */
final class Session implements AutoCloseable {
  private static final int PODS = 11;
  private static final int PODS_AT_ONCE = 4;

  private final Recorder recorder = new Recorder(Clock.systemUTC());
  private final Instant startedAt = Instant.now();
  private final ConformanceMode mode;
  private final String namespace;
  private final Pattern pattern;
  private final Guest guest;
  private final String version;

  private Session(
      Config config,
      Path kubeconfig,
      Configuration configuration,
      Fixtures fixtures,
      ConformanceMode mode) {
    this.mode = mode;
    this.namespace =
        configuration
            .guest()
            .namespace()
            .or(() -> Optional.ofNullable(config.getNamespace()))
            .orElse("default");
    this.pattern = Pattern.of(configuration, fixtures, namespace);
    String context = config.getCurrentContext() == null ? "" : config.getCurrentContext().getName();
    recorder.record(
        Source.API, new GuestArrived(mode.word(), context, namespace, PODS, PODS_AT_ONCE));
    this.guest = new Guest(config, GuestRules.looking(namespace), this::record);
    this.version = version(config, kubeconfig);
  }

  /**
   * Asks the cluster for its version.
   *
   * @throws workqueue.EnvironmentTrouble if it does not tell
   */
  static Session open(
      Config config,
      Path kubeconfig,
      Configuration configuration,
      Fixtures fixtures,
      ConformanceMode mode) {
    return new Session(config, kubeconfig, configuration, fixtures, mode);
  }

  private String version(Config config, Path kubeconfig) {
    try {
      Answer answer = guest.get("/version");
      JsonNode told = Mapping.read(answer.body()).path("gitVersion");
      if (!answer.isGood() || !told.isTextual()) {
        throw Kubeconfig.explain(
            config.getMasterUrl(), kubeconfig, answer.code(), answer.body(), answer.failure());
      }
      return told.asText();
    } catch (RuntimeException failure) {
      guest.close();
      throw failure;
    }
  }

  void preflight() {
    new Preflight(guest, recorder, namespace, pattern).look(Checks.rights(mode));
  }

  /** Judges what was recorded, and writes record and result. */
  Outcome finish(RunReport report, Path reports) {
    List<Answered> answers = Answered.of(Checks.in(mode), history(List.of()));
    List<Answered> claimed = answers.stream().filter(Answered::isClaimed).toList();
    History history = history(claimed);
    String file = "histories/" + Checks.SUITE + "." + mode.word() + ".ndjson";
    HistoryFile.write(history, reports.resolve(file));
    double seconds = Duration.between(startedAt, Instant.now()).toMillis() / 1000.0;
    for (Answered each : answers) {
      if (each.isClaimed()) {
        report.starts(each.check().scenario(), each.check().holds());
        report.add(each.result(history, file).seconds(seconds).build());
      } else {
        report.notRun(each.check().scenario(), each.whyNot());
      }
    }
    VisitResult visit = visit(history, answers);
    report.visit(visit);
    RunResult result = report.finish();
    return new Outcome(
        result.verdict(),
        visit,
        answers,
        CheckTable.lines(visit, version, answers),
        report.path(),
        reports.resolve(file));
  }

  private History history(List<Answered> claimed) {
    return recorder.history(
        new Header(
            Checks.SUITE + "." + mode.word(),
            startedAt,
            new Environment(new Environment.Cluster("existing", "", version, null), null, null),
            Evidence.none(),
            claimed.stream().map(each -> each.claim().spec()).toList()));
  }

  private VisitResult visit(History history, List<Answered> answers) {
    GuestArrived arrived = history.last(GuestArrived.class).map(Recorded::event).orElseThrow();
    return new VisitResult(
        mode.word(),
        arrived.context(),
        namespace,
        grade(answers),
        history.last(GuestNamed.class).map(each -> each.event().user()).orElse(null),
        history.all(RequestMade.class).size(),
        history.all(RequestMade.class, RequestMade::dryRun).size(),
        0);
  }

  /** What is inferred gives no grade but "no". */
  private static String grade(List<Answered> answers) {
    boolean fails =
        answers.stream()
            .filter(each -> each.check().isRequired())
            .anyMatch(each -> each.verdict() == Verdict.INVALID);
    boolean seen =
        answers.stream()
            .filter(each -> each.check().isRequired())
            .allMatch(
                each ->
                    each.answer().outcome() == CheckAnswer.Outcome.HOLDS
                        && !each.answer().inferred());
    return fails ? "no" : seen ? "as-documented" : "open";
  }

  private void record(Exchange exchange) {
    recorder.record(
        Source.API,
        new RequestMade(
            exchange.method(),
            exchange.path(),
            exchange.dryRun(),
            exchange.code().orElse(null),
            exchange.millis(),
            exchange.sentAt(),
            exchange.serverTime().orElse(null),
            exchange.trouble()));
  }

  @Override
  public void close() {
    guest.close();
  }
}
