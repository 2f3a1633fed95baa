package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.TRAFFIC_BLOCKED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PolicySelection;
import workqueue.history.ApiEvent.ObjectsRead;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.StoodIn;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.Recorded;

/** A NetworkPolicy keeps workers from their broker, or from the DNS that would tell where it is. */
final class TrafficBlocked extends Cause {

  TrafficBlocked() {
    super(
        TRAFFIC_BLOCKED,
        Scope.BROKER,
        """
        Connections from the worker's pods are dropped although the broker answers. A trial or an outcome in which workers did not reach
        their broker is followed by a look from a pod with their labels: where that does not reach the broker either, or finds no DNS, and
        NetworkPolicies select such pods for what goes out, those are named. A check of a cluster predicts it from the NetworkPolicies before
        any connection is opened, and then sees it from a pod.
        """,
        Remedy.by(
            Who.CLUSTER, "let port 5672, and port 53 of the DNS, through from the workers' pods"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    Optional<Recorded<StoodIn>> stand = picture.history.last(StoodIn.class);
    Optional<Recorded<ObjectsRead>> policies =
        picture.history.last(ObjectsRead.class, each -> each.kind().equals("NetworkPolicy"));
    boolean answers =
        picture.history.last(QueueDepth.class).map(each -> each.event().exists()).orElse(false);
    if (stand.isEmpty() || policies.isEmpty() || !answers || !Troubled.isLookedAt(seen)) {
      return List.of();
    }
    List<String> selecting =
        PolicySelection.names(
            policies.get().event().objects(), "Egress", stand.get().event().labels());
    List<Recorded<Probe>> barred = barred(picture, stand.get().event().pod());
    return selecting.isEmpty() || barred.isEmpty()
        ? List.of()
        : List.of(of(picture, stand.get(), policies.get(), selecting, barred));
  }

  private static Suspicion of(
      Picture picture,
      Recorded<StoodIn> stand,
      Recorded<ObjectsRead> policies,
      List<String> selecting,
      List<Recorded<Probe>> barred) {
    List<Long> proof = new ArrayList<>(List.of(stand.seq(), policies.seq()));
    barred.forEach(each -> proof.add(each.seq()));
    Probe first = barred.get(0).event();
    return Suspicion.of(
            TRAFFIC_BLOCKED,
            "pods with the workers' labels %s, while the broker answers from elsewhere: %s %s them"
                .formatted(
                    first.tried() == Try.LOOK_UP
                        ? "find no address of " + first.target()
                        : "do not reach " + first.target(),
                    (selecting.size() == 1 ? "NetworkPolicy " : "NetworkPolicies ")
                        + String.join(", ", selecting),
                    selecting.size() == 1 ? "selects" : "select"))
        .proof(proof)
        .remedy(
            "kubectl get networkpolicy"
                + picture.jobs().stream()
                    .findFirst()
                    .map(job -> " -n " + job.ref.namespace())
                    .orElse("")
                + " -o yaml");
  }

  /** What did not work from there; who was refused was let through. */
  private static List<Recorded<Probe>> barred(Picture picture, String pod) {
    return picture.history.all(
        Probe.class,
        each ->
            each.from().equals(pod)
                && ((each.tried() == Try.LOOK_UP && each.outcome() == Outcome.NOT_FOUND)
                    || (each.tried() == Try.CONNECT && each.outcome() == Outcome.NO_ANSWER)));
  }
}
