package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.BROKER_UNREACHABLE;
import static workqueue.checker.diagnosis.FindingCode.HEARTBEAT_MISSED;
import static workqueue.checker.diagnosis.FindingCode.OUT_OF_MEMORY;
import static workqueue.checker.diagnosis.FindingCode.SERVICE_NOT_RESOLVED;
import static workqueue.checker.diagnosis.FindingCode.SERVICE_WITHOUT_ENDPOINTS;
import static workqueue.checker.diagnosis.FindingCode.TRAFFIC_BLOCKED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import workqueue.Counted;
import workqueue.checker.view.Picture;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.End;
import workqueue.history.WireEvent.Released;

/** Nobody answers at the broker's address. */
final class BrokerUnreachable extends Cause {

  BrokerUnreachable() {
    super(
        BROKER_UNREACHABLE,
        Scope.BROKER,
        """
        The name of the broker has an address and nothing answers there: workers fail with a refused connection or a time-out, a probe was
        refused, or the broker went silent on connections that were open and was not heard of again. A worker that got an answer of the
        broker has reached it.
        """,
        Remedy.by(Who.BROKER, "see whether the broker runs and listens"),
        Remedy.by(Who.CLUSTER, "see whether a network policy or a firewall is in between"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return List.of(OUT_OF_MEMORY, TRAFFIC_BLOCKED, SERVICE_NOT_RESOLVED, SERVICE_WITHOUT_ENDPOINTS);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    if (!Troubled.isLookedAt(seen)) {
      return List.of();
    }
    Picture picture = seen.picture();
    Optional<Recorded<Probe>> probe =
        Troubled.last(picture, Try.CONNECT, Outcome.REFUSED, Outcome.NO_ANSWER)
            .or(() -> Troubled.last(picture, Try.LOG_IN, Outcome.REFUSED, Outcome.NO_ANSWER));
    Set<String> answered = answered(seen);
    List<FailedRuns.Run> noService = ServiceNotResolved.toNoService(seen);
    List<FailedRuns.Run> failed =
        seen.runs().standing(BROKER_UNREACHABLE).stream()
            .filter(run -> !answered.contains(run.attempt().pod.ref.name()))
            .filter(run -> !noService.contains(run))
            .toList();
    List<Recorded<ConnectionEnded>> silent = silent(picture);
    if (probe.isEmpty() && failed.isEmpty() && silent.isEmpty()) {
      return List.of();
    }
    String how =
        probe.isEmpty() && failed.isEmpty()
            ? "the broker went silent on " + Counted.of(silent.size(), "connection")
            : "the broker cannot be reached" + otherwise(picture, failed);
    Suspicion suspicion =
        Troubled.proven(
            Suspicion.of(BROKER_UNREACHABLE, how)
                .remedy("kubectl get pods,service,endpoints -A | grep -i rabbit"),
            probe,
            failed);
    List<Long> proof = new ArrayList<>(suspicion.evidence());
    silent.forEach(each -> proof.add(each.seq()));
    return List.of(suspicion.proof(proof));
  }

  /** The name that workers use instead of the one that they were given, if their logs tell. */
  private static String otherwise(Picture picture, List<FailedRuns.Run> failed) {
    return new NotAsGiven(picture)
        .name(failed.stream().map(FailedRuns.Run::said).toList())
        .map(
            name ->
                ": workers connect to %s, and were given %s"
                    .formatted(name, String.join(", ", Troubled.hosts(picture))))
        .orElse("");
  }

  /** The pods that the broker told something: who got an answer has reached it. */
  private static Set<String> answered(Examination seen) {
    Set<String> answered = new TreeSet<>();
    for (Refusal refusal : Refusal.values()) {
      seen.of(refusal.code()).forEach(each -> answered.addAll(each.pods()));
    }
    seen.of(HEARTBEAT_MISSED).forEach(each -> answered.addAll(each.pods()));
    return answered;
  }

  /** Connections on which the broker went silent and was not heard of again. */
  private static List<Recorded<ConnectionEnded>> silent(Picture picture) {
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
}
