package workqueue.checker;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import workqueue.Counted;
import workqueue.history.BrokerEvent.Alarm;
import workqueue.history.BrokerEvent.BrokerAlarm;
import workqueue.history.ClusterEvent.EndpointsState;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.End;
import workqueue.history.WireEvent.RefusedByBroker;
import workqueue.history.WireEvent.Released;

/** What stands between workers and their queue. */
final class BrokerCauses {
  private final Picture picture;
  private final FailedRuns runs;
  private final Set<String> answered;
  private final List<Suspicion> found = new ArrayList<>();

  private BrokerCauses(Picture picture, FailedRuns runs, Set<String> answered) {
    this.picture = picture;
    this.runs = runs;
    this.answered = answered;
  }

  /**
   * What stands between them.
   *
   * @param replies what the broker answered its workers: who got an answer has reached it
   */
  static List<Suspicion> in(Picture picture, FailedRuns runs, List<Suspicion> replies) {
    Set<String> answered = new TreeSet<>();
    replies.forEach(each -> answered.addAll(each.pods()));
    BrokerCauses causes = new BrokerCauses(picture, runs, answered);
    boolean troubled =
        picture.jobs().isEmpty()
            || picture.jobs().stream().anyMatch(job -> !job.state().complete());
    causes.alarms();
    causes.queues();
    // With a URL that cannot be read nobody knows whom the workers ask for.
    if (troubled && !causes.urls()) {
      causes.names();
      causes.endpoints();
      causes.reach();
      causes.logins();
    }
    return causes.found;
  }

  private void names() {
    Optional<Recorded<Probe>> probe = last(Try.LOOK_UP, Outcome.NOT_FOUND);
    List<FailedRuns.Run> failed = new ArrayList<>(runs.standing(FindingCode.SERVICE_NOT_RESOLVED));
    List<Recorded<EndpointsState>> noService = noService();
    if (!noService.isEmpty()) {
      // amqp-consume says the same whether it has no address or nobody answers at it.
      failed.addAll(runs.standing(FindingCode.BROKER_UNREACHABLE));
    }
    if (probe.isEmpty() && failed.isEmpty()) {
      return;
    }
    String name =
        hosts().stream().findFirst().or(() -> probe.map(each -> each.event().target())).orElse("");
    Suspicion suspicion =
        proven(
            Suspicion.of(
                    FindingCode.SERVICE_NOT_RESOLVED,
                    "the broker's name" + (name.isEmpty() ? "" : " " + name) + " has no address")
                .remedy(
                    "kubectl get service "
                        + name
                        + namespace().map(each -> " -n " + each).orElse("")),
            probe,
            failed);
    List<Long> proof = new ArrayList<>(suspicion.evidence());
    noService.forEach(each -> proof.add(each.seq()));
    found.add(suspicion.proof(proof));
  }

  /** Plain names that workers are to use and that no Service of their namespace has. */
  private List<Recorded<EndpointsState>> noService() {
    List<Recorded<EndpointsState>> absent = new ArrayList<>();
    for (String host : hosts()) {
      boolean answered =
          picture
              .history
              .last(Probe.class, each -> each.target().equals(host))
              .map(each -> each.event().outcome() == Outcome.OK)
              .orElse(false);
      picture
          .history
          .last(EndpointsState.class, each -> each.service().equals(host))
          .filter(each -> !each.event().exists() && !answered)
          .ifPresent(absent::add);
    }
    return absent;
  }

  private void endpoints() {
    for (String host : hosts()) {
      String service = host.contains(".") ? host.substring(0, host.indexOf('.')) : host;
      picture
          .history
          .last(EndpointsState.class, each -> each.service().equals(service))
          .filter(each -> each.event().exists() && each.event().ready().isEmpty())
          .ifPresent(
              each ->
                  found.add(
                      Suspicion.of(
                              FindingCode.SERVICE_WITHOUT_ENDPOINTS,
                              "Service "
                                  + each.event().namespace()
                                  + "/"
                                  + service
                                  + " has no endpoints")
                          .proof(each.seq())
                          .remedy(
                              "kubectl get service,pods -n "
                                  + each.event().namespace()
                                  + " --show-labels -o wide")));
    }
  }

  private void reach() {
    Optional<Recorded<Probe>> probe =
        last(Try.CONNECT, Outcome.REFUSED, Outcome.NO_ANSWER)
            .or(() -> last(Try.LOG_IN, Outcome.REFUSED, Outcome.NO_ANSWER));
    List<FailedRuns.Run> failed =
        runs.standing(FindingCode.BROKER_UNREACHABLE).stream()
            .filter(run -> !answered.contains(run.attempt().pod.ref.name()))
            .toList();
    List<Recorded<ConnectionEnded>> silent = silent();
    if (probe.isEmpty() && failed.isEmpty() && silent.isEmpty()) {
      return;
    }
    String how =
        probe.isEmpty() && failed.isEmpty()
            ? "the broker went silent on " + Counted.of(silent.size(), "connection")
            : "the broker cannot be reached";
    Suspicion suspicion =
        proven(
            Suspicion.of(FindingCode.BROKER_UNREACHABLE, how)
                .remedy("kubectl get pods,service,endpoints -A | grep -i rabbit"),
            probe,
            failed);
    List<Long> proof = new ArrayList<>(suspicion.evidence());
    silent.forEach(each -> proof.add(each.seq()));
    found.add(suspicion.proof(proof));
  }

  /** Connections on which the broker went silent and was not heard of again. */
  private List<Recorded<ConnectionEnded>> silent() {
    return picture
        .history
        .all(ConnectionEnded.class, each -> each.end() == End.SILENT && !each.byClient())
        .stream()
        .filter(
            each ->
                picture.history.all(ConnectionOpened.class).stream()
                    .noneMatch(opened -> opened.seq() > each.seq()))
        .filter(
            each ->
                picture
                    .history
                    .last(Released.class, one -> one.connection().equals(each.event().connection()))
                    .map(released -> released.seq() < each.seq())
                    .orElse(true))
        .toList();
  }

  /** What a probe was denied; what workers are is told by {@link RefusedByReply}. */
  private void logins() {
    last(Try.LOG_IN, Outcome.DENIED)
        .filter(any -> runs.standing(FindingCode.BROKER_REFUSED_LOGIN).isEmpty())
        .ifPresent(
            probe ->
                found.add(
                    Suspicion.of(FindingCode.BROKER_REFUSED_LOGIN, Refusal.LOGIN.message())
                        .proof(probe.seq())
                        .remedy(Refusal.LOGIN.remedy())));
  }

  /** Whether a URL cannot be read. */
  private boolean urls() {
    for (JobView job : picture.jobs()) {
      String fault = job.state().spec().brokerUrlFault();
      if (!fault.isEmpty() && !job.state().complete()) {
        found.add(
            malformed("the broker's URL of " + job + " " + withoutStop(fault))
                .pods(job.pods.stream().map(pod -> pod.ref.name()).toList())
                .proof(job.last().seq()));
        return true;
      }
    }
    List<FailedRuns.Run> failed = runs.standing(FindingCode.URL_MALFORMED);
    if (failed.isEmpty()) {
      return false;
    }
    found.add(
        proven(
            malformed(
                "the workers cannot read the URL of their broker ("
                    + failed.get(0).said().strip()
                    + "): a password or a virtual host in it has to be percent-encoded"),
            Optional.empty(),
            failed));
    return true;
  }

  private static Suspicion malformed(String message) {
    return Suspicion.of(FindingCode.URL_MALFORMED, message)
        .remedy(
            "python3 -c 'import urllib.parse, getpass;"
                + " print(urllib.parse.quote(getpass.getpass(), safe=\"\"))'");
  }

  private static String withoutStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  private void alarms() {
    for (Alarm alarm : Alarm.values()) {
      picture
          .history
          .last(BrokerAlarm.class, each -> each.alarm() == alarm)
          .filter(each -> each.event().raised())
          .ifPresent(
              each ->
                  found.add(
                      Suspicion.of(
                              FindingCode.BROKER_BLOCKED,
                              "the broker takes no messages ("
                                  + alarm.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                                  + " alarm)")
                          .proof(each.seq())
                          .remedy("rabbitmqctl status | grep -A5 -i alarm")));
    }
  }

  private void queues() {
    Set<String> names = new TreeSet<>();
    picture.jobs().stream()
        .map(JobView::queue)
        .filter(queue -> !queue.isEmpty())
        .forEach(names::add);
    for (String name : names) {
      QueueView queue = picture.queue(name);
      if (queue.missing()) {
        found.add(
            missing("queue " + name + " does not exist", name)
                .proof(queue.last().orElseThrow().seq()));
      }
    }
    boolean told = found.stream().anyMatch(each -> each.code() == FindingCode.QUEUE_MISSING);
    List<FailedRuns.Run> failed = runs.standing(FindingCode.QUEUE_MISSING);
    List<Recorded<RefusedByBroker>> refused =
        picture.history.all(
            RefusedByBroker.class,
            each -> each.code() == 404 && each.text().toLowerCase(Locale.ROOT).contains("queue"));
    boolean over = picture.jobs().stream().allMatch(job -> job.state().complete());
    if (told || over || (failed.isEmpty() && refused.isEmpty())) {
      return;
    }
    String said = failed.isEmpty() ? refused.get(0).event().text() : failed.get(0).said();
    Stream<Long> proof =
        Stream.concat(
            failed.stream().flatMap(run -> run.proof().stream()),
            refused.stream().map(Recorded::seq));
    found.add(
        missing("workers ask for a queue that does not exist (" + said + ")", "$QUEUE")
            .pods(failed.stream().map(run -> run.attempt().pod.ref.name()).toList())
            .proof(proof.toList()));
  }

  private static Suspicion missing(String message, String queue) {
    return Suspicion.of(FindingCode.QUEUE_MISSING, message)
        .remedy("amqp-declare-queue --url=$BROKER_URL -q " + queue + " -d");
  }

  /**
   * The last probe of one target if it came to one of these; one that was not made tells nothing.
   */
  private Optional<Recorded<Probe>> last(Try tried, Outcome... outcomes) {
    Map<String, Recorded<Probe>> lastOf = new LinkedHashMap<>();
    for (Recorded<Probe> probe : picture.history.all(Probe.class)) {
      if (probe.event().tried() == tried && probe.event().outcome() != Outcome.NOT_TRIED) {
        lastOf.put(probe.event().target(), probe);
      }
    }
    List<Outcome> wanted = List.of(outcomes);
    return lastOf.values().stream()
        .filter(probe -> wanted.contains(probe.event().outcome()))
        .findFirst();
  }

  private static Suspicion proven(
      Suspicion suspicion, Optional<Recorded<Probe>> probe, List<FailedRuns.Run> failed) {
    List<Long> proof = new ArrayList<>();
    probe.ifPresent(each -> proof.add(each.seq()));
    failed.forEach(run -> proof.addAll(run.proof()));
    return suspicion
        .proof(proof)
        .pods(failed.stream().map(run -> run.attempt().pod.ref.name()).toList());
  }

  private Optional<String> namespace() {
    return picture.jobs().stream().map(job -> job.ref.namespace()).findFirst();
  }

  /** The hosts that the Jobs' workers are told to use. */
  private Set<String> hosts() {
    Set<String> hosts = new TreeSet<>();
    picture.jobs().forEach(job -> host(job.state().spec().brokerUrl()).ifPresent(hosts::add));
    return hosts;
  }

  private static Optional<String> host(String url) {
    try {
      return Optional.ofNullable(URI.create(url).getHost());
    } catch (IllegalArgumentException noUrl) {
      return Optional.empty();
    }
  }
}
