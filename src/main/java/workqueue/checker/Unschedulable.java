package workqueue.checker;

import static workqueue.checker.FindingCode.NODE_LOST;
import static workqueue.checker.FindingCode.UNSCHEDULABLE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import workqueue.Counted;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.Recorded;

/** No node takes the pod. */
final class Unschedulable extends Cause {
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
    return List.of(NODE_LOST);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return seen.picture().jobs().stream()
        .filter(job -> !job.state().complete())
        .flatMap(job -> of(job).stream())
        .toList();
  }

  private static Optional<Suspicion> of(JobView job) {
    List<Recorded<PodState>> pending = new ArrayList<>();
    String why = "";
    for (PodView pod : job.pods) {
      Optional<Recorded<PodState>> last = pod.last();
      boolean waits =
          pod.active()
              && last.orElseThrow()
                  .event()
                  .condition("PodScheduled")
                  .map(each -> !each.holds() && REASONS.contains(each.reason()))
                  .orElse(false);
      if (waits) {
        pending.add(last.get());
        why = last.get().event().condition("PodScheduled").orElseThrow().message();
      }
    }
    boolean othersRun = job.attempts().stream().anyMatch(Attempt::running);
    if (pending.isEmpty() || othersRun || job.state().over()) {
      return Optional.empty();
    }
    return Optional.of(
        Suspicion.of(
                UNSCHEDULABLE,
                "no node takes "
                    + Counted.of(pending.size(), "waiting pod")
                    + " of "
                    + job
                    + (why.isEmpty() ? "" : " (" + why + ")"))
            .pods(pending.stream().map(state -> state.event().pod().name()).toList())
            .proof(pending.stream().map(Recorded::seq).toList())
            .remedy("kubectl describe nodes"));
  }
}
