package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.EVICTED;
import static workqueue.checker.diagnosis.FindingCode.NODE_LOST;
import static workqueue.checker.diagnosis.FindingCode.NODE_PRESSURE;

import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.view.JobView;
import workqueue.checker.view.PodView;

/** Pods were evicted from their node. */
final class Evicted extends Cause {

  Evicted() {
    super(
        EVICTED,
        Scope.POD,
        """
        The kubelet evicted pods because its node ran out of memory, disk or processes, or somebody drained the node or preempted the pods.
        The Job makes others.
        """,
        Remedy.by(Who.CLUSTER, "see the pressure on the node"),
        Remedy.by(Who.JOB, "state requests, so that pods go to nodes that have room"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return List.of(NODE_LOST, NODE_PRESSURE);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return seen.picture().jobs().stream().flatMap(job -> of(job).stream()).toList();
  }

  private static Optional<Suspicion> of(JobView job) {
    List<PodView> evicted = job.pods.stream().filter(Evicted::isEvicted).toList();
    return evicted.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Suspicion.of(EVICTED, Counted.were(evicted.size(), "pod") + " evicted of " + job)
                .pods(Stuck.names(evicted))
                .proof(Stuck.lastSeen(evicted))
                .remedy(Remedies.events(job.ref.namespace(), "reason=Evicted")));
  }

  static boolean isEvicted(PodView pod) {
    return !pod.succeeded()
        && pod.states().stream()
            .anyMatch(
                state ->
                    state.event().reason().equals("Evicted")
                        || state
                            .event()
                            .condition("DisruptionTarget")
                            .map(condition -> condition.holds())
                            .orElse(false));
  }
}
