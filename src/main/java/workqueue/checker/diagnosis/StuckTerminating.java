package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.NODE_LOST;
import static workqueue.checker.diagnosis.FindingCode.STUCK_TERMINATING;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import workqueue.checker.view.PodView;

/** A pod outlives the time by which it was to be gone. */
final class StuckTerminating extends Cause {
  // A kubelet with much to do kills what is due, and takes its time to say so.
  private static final Duration STUCK = Duration.ofSeconds(30);

  StuckTerminating() {
    super(
        STUCK_TERMINATING,
        Scope.POD,
        """
        A pod was deleted, its grace period is over, and it is still there after another 30 s: its kubelet does not answer, or a finalizer
        keeps it.
        """,
        Remedy.by(Who.CLUSTER, "see the node and the finalizers of the pod"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return List.of(NODE_LOST);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Instant now = seen.picture().now();
    return seen.picture().jobs().stream()
        .flatMap(job -> job.pods.stream())
        .filter(pod -> pod.gone().isEmpty() && !isOver(pod))
        .filter(pod -> pod.deletionAt().filter(due -> now.isAfter(due.plus(STUCK))).isPresent())
        .map(StuckTerminating::of)
        .toList();
  }

  private static Suspicion of(PodView pod) {
    return Suspicion.of(
            STUCK_TERMINATING,
            "pod "
                + pod
                + " was to be gone by "
                + pod.deletionAt().orElseThrow()
                + " and is still there")
        .pods(List.of(pod.ref.name()))
        .proof(pod.last().orElseThrow().seq())
        .remedy(
            "kubectl get pod "
                + pod.ref.name()
                + " -n "
                + pod.ref.namespace()
                + " -o jsonpath='{.metadata.finalizers}{.spec.nodeName}'");
  }

  private static boolean isOver(PodView pod) {
    return pod.last().map(state -> state.event().over()).orElse(true);
  }
}
