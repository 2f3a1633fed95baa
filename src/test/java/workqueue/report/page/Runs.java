package workqueue.report.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import workqueue.Item;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judged;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.conformance.Visited;
import workqueue.history.ApiEvent.RequestMade;
import workqueue.history.ApiEvent.RightReviewed;
import workqueue.history.ClaimSpec;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.Event;
import workqueue.history.HarnessEvent;
import workqueue.history.HarnessEvent.Deviation;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.HistoryFile;
import workqueue.history.Recorded;
import workqueue.report.EnvironmentInfo;
import workqueue.report.RunInfo;
import workqueue.report.RunReport;
import workqueue.report.ScenarioResult;
import workqueue.report.StepResult;

/** Runs whose pages are looked at, made of recorded histories. */
final class Runs {
  private static final Path CORPUS = Path.of("src/test/resources/corpus/1.37.2");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path reports;
  private final RunReport report;

  private Runs(Path reports) {
    this.reports = reports;
    this.report = RunReport.begin(reports, RunInfo.start());
  }

  /** A run that came out VALID, the documented race among it. */
  static Path valid(Path reports) {
    Runs run = new Runs(reports);
    run.judged("outcome.exact", "Each item is processed once", recorded("outcome.exact"));
    run.judged(
        "race.acked-not-exited",
        "A worker is killed after its ack and before it exits",
        HistoryFile.read(DrawingTest.RACE));
    run.report.notRun("gate.against", "wq.gate.against is not given");
    return run.page();
  }

  /** The gate on a worker that takes two items. */
  static Path gate(Path reports) {
    History takesTwo = recorded("selftest.takes-two");
    List<ClaimSpec> claims =
        takesTwo.header().claims().stream()
            .filter(each -> each.claim().equals("all"))
            .flatMap(each -> ((List<?>) each.parameters().get("parts")).stream())
            .map(each -> JSON.convertValue(each, ClaimSpec.class))
            .toList();
    Runs run = new Runs(reports);
    run.judged(
        "gate.takes-one-item", "The worker takes one item a run", takesTwo.withClaims(claims));
    return run.page();
  }

  /** A Job whose pods a quota refuses. */
  static Path quota(Path reports) {
    Runs run = new Runs(reports);
    run.judged("outcome.quota-exceeded", "A quota", recorded("outcome.quota-exceeded"));
    return run.page();
  }

  /** A walkthrough whose fourth step failed. */
  static Path walkthrough(Path reports) {
    History whole = recorded("walkthrough.current");
    History history =
        new History(
            whole.header(),
            whole.events().stream().takeWhile(each -> !isTemporaryPodRunning(each)).toList());
    Runs run = new Runs(reports);
    run.report.add(
        run.scenario("walkthrough.current", "The documented task, step by step", history)
            .findings(Diagnosis.of(history).findings())
            .steps(
                List.of(
                    StepResult.passed(
                        "start-service",
                        0.2,
                        List.of(
                            new Deviation(
                                "namespace default",
                                "namespace wq-walkthrough",
                                "each scenario has a namespace of its own"))),
                    StepResult.passed("start-broker", 61.3, List.of()),
                    StepResult.failed(
                        "start-temporary-pod",
                        5.1,
                        List.of(),
                        "pod temp is not Running within 5 s\n  last seen: Pending"),
                    StepResult.notRun("install-tools")))
            .build());
    return run.page();
  }

  private static boolean isTemporaryPodRunning(Recorded<?> recorded) {
    return recorded.event() instanceof ContainerState state
        && state.pod().name().equals("temp")
        && state.state() == Running.RUNNING;
  }

  /** A visit to a cluster without DNS, where a right is missing and the clock is ahead. */
  static Path conformance(Path reports) {
    History sound =
        read("conformance.quick", Runs.class.getResource("conformance.quick.ndjson.gz"));
    List<Recorded<?>> events = new ArrayList<>();
    for (Recorded<?> each : sound.events()) {
      events.add(new Recorded<>(each.seq(), each.at(), each.source(), spoilt(each.event())));
    }
    Runs run = new Runs(reports);
    Visited visited = Visited.of(new History(sound.header(), events));
    HistoryFile.write(visited.history(), reports.resolve(visited.file()));
    visited.report(run.report, visited.file(), 12.3);
    return run.page();
  }

  private static Event spoilt(Event event) {
    if (event instanceof RequestMade request && request.serverTime() != null) {
      return new RequestMade(
          request.method(),
          request.path(),
          request.dryRun(),
          request.code(),
          request.millis(),
          request.sentAt(),
          request.serverTime().plusSeconds(300),
          request.trouble());
    }
    if (event instanceof Probe probe
        && probe.tried() == Try.LOOK_UP
        && probe.target().equals("rabbitmq-service")) {
      return new Probe(
          probe.tried(),
          probe.target(),
          probe.from(),
          HarnessEvent.Outcome.NOT_FOUND,
          "Name or service not known");
    }
    if (event instanceof RightReviewed right && right.right().equals("list resourcequotas")) {
      return new RightReviewed(
          right.verb(),
          right.group(),
          right.resource(),
          right.subresource(),
          right.name(),
          right.needed(),
          false,
          right.why());
    }
    return event;
  }

  /** A run in which what workers print and items hold is markup. */
  static Path markup(Path reports, String text) {
    History history =
        new HistoryBuilder().publish(text).job(1, 1).starts("pod").prints("pod", text).history();
    Runs run = new Runs(reports);
    run.report.add(
        run.scenario("outcome.exact", text, history)
            .verdict(workqueue.checker.claim.Verdict.INVALID)
            .message(text)
            .build());
    return run.page();
  }

  /** A sound run of so many items, each with what the wire, the cluster and the logs tell of it. */
  static Path ofItems(Path reports, int count) {
    Runs run = new Runs(reports);
    run.judged("scale.items", count + " items", items(count));
    return run.page();
  }

  /** So many items, each processed by a pod of its own. */
  static History items(int count) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(Item.of(i, "item " + i));
    }
    HistoryBuilder told = new HistoryBuilder().publish(items).job(count, 2);
    for (Item item : items) {
      String pod = "pod-" + item.id();
      told.pending(pod)
          .depth(count - item.id(), 0, 0)
          .starts(pod)
          .connects(pod)
          .delivers(pod, item, false)
          .depth(count - item.id() - 1, 1, 1)
          .jobStatus()
          .after(1)
          .works(pod, item)
          .acks(pod)
          .disconnects(pod)
          .succeeds(pod);
    }
    return told.scenario("scale.items").jobCompletes().ends(0, 0, 0).history();
  }

  private void judged(String id, String title, History history) {
    Judged judged = Judge.judge(history);
    report.add(
        scenario(id, title, history)
            .claims(judged.judgements())
            .findings(judged.findings())
            .build());
  }

  private ScenarioResult.Builder scenario(String id, String title, History history) {
    String file = "histories/" + id + ".ndjson";
    HistoryFile.write(history, reports.resolve(file));
    return ScenarioResult.builder(id, title)
        .history(file)
        .seconds(12.3)
        .environment(EnvironmentInfo.of(history.header().environment()));
  }

  private Path page() {
    report.finish();
    return reports.resolve(Page.NAME);
  }

  private static History recorded(String name) {
    try {
      return read(name, CORPUS.resolve(name + ".ndjson.gz").toUri().toURL());
    } catch (MalformedURLException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static History read(String name, URL kept) {
    try (GZIPInputStream in = new GZIPInputStream(kept.openStream())) {
      return HistoryFile.fromText(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
