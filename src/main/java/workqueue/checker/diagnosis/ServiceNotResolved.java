package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.BROKER_UNREACHABLE;
import static workqueue.checker.diagnosis.FindingCode.SERVICE_NOT_RESOLVED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.ClusterEvent.EndpointsState;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.StoodIn;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.Recorded;

/** The name of the broker has no address. */
final class ServiceNotResolved extends Cause {

  /** A name that each cluster has. */
  static final String ANY_NAME = "kubernetes.default";

  ServiceNotResolved() {
    super(
        SERVICE_NOT_RESOLVED,
        Scope.BROKER,
        """
        Workers cannot look the name of their broker up: their Service does not exist in their namespace, its name is misspelt, or the
        cluster's DNS does not answer. Where the Service that `BROKER_URL` names was seen to be there, they may look up a name of their
        own, and the sentence says so.
        """,
        Remedy.by(Who.AUTHOR, "take the broker's name from BROKER_URL"),
        Remedy.by(Who.JOB, "correct the host in BROKER_URL, or create the Service"),
        Remedy.by(Who.CLUSTER, "see whether the DNS of the cluster answers"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return List.of(FindingCode.TRAFFIC_BLOCKED);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    if (!Troubled.isLookedAt(seen)) {
      return List.of();
    }
    Picture picture = seen.picture();
    Optional<Recorded<Probe>> probe = Troubled.last(picture, Try.LOOK_UP, Outcome.NOT_FOUND);
    List<FailedRuns.Run> failed = new ArrayList<>(seen.runs().standing(SERVICE_NOT_RESOLVED));
    List<Recorded<EndpointsState>> noService = noService(picture);
    if (!noService.isEmpty()) {
      // amqp-consume says the same whether it has no address or nobody answers at it.
      failed.addAll(seen.runs().standing(BROKER_UNREACHABLE));
    } else {
      failed.addAll(toNoService(seen));
    }
    if (probe.isEmpty() && failed.isEmpty()) {
      return List.of();
    }
    String name =
        Troubled.hosts(picture).stream()
            .findFirst()
            .or(() -> probe.map(each -> each.event().target()))
            .orElse("");
    Suspicion suspicion =
        Troubled.proven(
            Suspicion.of(
                    SERVICE_NOT_RESOLVED,
                    words(picture, failed, name, probe.isEmpty() && isThere(picture, name)))
                .remedy(
                    "kubectl get service "
                        + name
                        + picture.jobs().stream()
                            .findFirst()
                            .map(job -> " -n " + job.ref.namespace())
                            .orElse("")),
            probe,
            failed);
    List<Long> proof = new ArrayList<>(suspicion.evidence());
    noService.forEach(each -> proof.add(each.seq()));
    return List.of(suspicion.proof(proof));
  }

  private static String words(
      Picture picture, List<FailedRuns.Run> failed, String name, boolean there) {
    Optional<String> own =
        new NotAsGiven(picture).name(failed.stream().map(FailedRuns.Run::said).toList());
    if (own.isPresent()) {
      return "workers look up %s, which has no address, and were given %s"
          .formatted(own.get(), name);
    }
    if (answers(picture, ANY_NAME, Outcome.NOT_FOUND)) {
      return "the cluster's DNS does not answer: in a pod with the workers' labels neither "
          + name
          + " nor "
          + ANY_NAME
          + " has an address";
    }
    if (answers(picture, name, Outcome.OK)) {
      return "workers look a name up that has no address, and "
          + name
          + " of their BROKER_URL has one in a pod with their labels: they use another name";
    }
    return there
        ? "workers look a name up that has no address, and Service "
            + name
            + " of their BROKER_URL is there: they use another name, or the cluster's DNS does not answer"
        : "the broker's name" + (name.isEmpty() ? "" : " " + name) + " has no address";
  }

  /** Runs that did not reach a name which no Service of their namespace has. */
  static List<FailedRuns.Run> toNoService(Examination seen) {
    Picture picture = seen.picture();
    NotAsGiven notAsGiven = new NotAsGiven(picture);
    return seen.runs().standing(BROKER_UNREACHABLE).stream()
        .filter(
            run ->
                notAsGiven
                    .name(run.said())
                    .filter(name -> !name.contains(".") && !name.equals("localhost"))
                    .filter(name -> !isThere(picture, name))
                    .isPresent())
        .toList();
  }

  /** Whether a pod that stood where workers stand was told so of a name. */
  private static boolean answers(Picture picture, String name, Outcome outcome) {
    return picture
        .history
        .last(StoodIn.class)
        .flatMap(
            stand ->
                picture.history.last(
                    Probe.class,
                    each ->
                        each.tried() == Try.LOOK_UP
                            && each.from().equals(stand.event().pod())
                            && each.target().equals(name)))
        .map(each -> each.event().outcome() == outcome)
        .orElse(false);
  }

  private static boolean isThere(Picture picture, String name) {
    return picture
        .history
        .last(EndpointsState.class, each -> each.service().equals(name))
        .map(each -> each.event().exists())
        .orElse(false);
  }

  /** Plain names that workers are to use and that no Service of their namespace has. */
  private static List<Recorded<EndpointsState>> noService(Picture picture) {
    List<Recorded<EndpointsState>> absent = new ArrayList<>();
    for (String host : Troubled.hosts(picture)) {
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
}
