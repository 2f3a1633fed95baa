package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.NODE_LOST;
import static workqueue.checker.diagnosis.FindingCode.NODE_PRESSURE;
import static workqueue.checker.diagnosis.FindingCode.UNSCHEDULABLE;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import workqueue.Counted;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.PodView;
import workqueue.history.Condition;
import workqueue.history.JobVolume;

/** No node takes the pod. */
final class Unschedulable extends Cause {
  private static final Pattern VOLUME = Pattern.compile("(?i)volume");
  private static final Set<String> REASONS = Set.of("Unschedulable", "SchedulingGated");

  Unschedulable() {
    super(
        UNSCHEDULABLE,
        Scope.POD,
        """
        The scheduler has looked at the pod and says that no node fits: too little processor or memory is free, a node selector, an affinity
        or a taint rules the nodes out, or a scheduling gate is closed. It is found while no pod of the Job runs: else the pods just take
        turns.
        """,
        Remedy.by(Who.JOB, "lower the requests, or correct node selector and tolerations"),
        Remedy.by(Who.CLUSTER, "add nodes, or free some"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return List.of(NODE_LOST, NODE_PRESSURE);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return seen.picture().jobs().stream()
        .filter(job -> !job.state().complete())
        .flatMap(job -> of(job).stream())
        .toList();
  }

  private static Optional<Suspicion> of(JobView job) {
    List<PodView> waiting = waiting(job);
    boolean othersRun = job.attempts().stream().anyMatch(Attempt::running);
    if (waiting.isEmpty() || othersRun || job.state().over()) {
      return Optional.empty();
    }
    String why = scheduled(waiting.get(waiting.size() - 1)).map(Condition::message).orElse("");
    return Optional.of(
        Suspicion.of(
                UNSCHEDULABLE,
                "no node takes "
                    + Counted.of(waiting.size(), "waiting pod")
                    + " of "
                    + job
                    + volumes(job, why)
                    + (why.isEmpty() ? "" : " (" + why + ")"))
            .pods(Stuck.names(waiting))
            .proof(Stuck.lastSeen(waiting))
            .remedy("kubectl describe nodes"));
  }

  /** The Job's pods for which the scheduler has found no node. */
  static List<PodView> waiting(JobView job) {
    return job.pods.stream()
        .filter(PodView::active)
        .filter(pod -> ClaimNotBound.keepsWaiting(pod).isEmpty())
        .filter(
            pod ->
                scheduled(pod)
                    .map(each -> !each.holds() && REASONS.contains(each.reason()))
                    .orElse(false))
        .toList();
  }

  private static Optional<Condition> scheduled(PodView pod) {
    return pod.last().flatMap(each -> each.event().condition("PodScheduled"));
  }

  /** The claims that tie the pods to nodes, if it is for their volumes that no node takes them. */
  private static String volumes(JobView job, String why) {
    List<String> claims =
        job.state().spec().volumes().stream()
            .filter(JobVolume::ofClaim)
            .map(JobVolume::toString)
            .distinct()
            .toList();
    return claims.isEmpty() || !VOLUME.matcher(why).find()
        ? ""
        : ", which have to be where volume " + String.join(", ", claims) + " is";
  }
}
