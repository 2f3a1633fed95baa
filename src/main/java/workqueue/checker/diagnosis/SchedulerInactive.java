package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.SCHEDULER_INACTIVE;

import java.time.Duration;
import java.util.List;
import workqueue.Counted;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;

/**
 * No scheduler has looked at a pod: a scheduler that finds no node says so in a condition of the
 * pod, and here there is none.
 */
final class SchedulerInactive extends Cause {

  SchedulerInactive() {
    super(
        SCHEDULER_INACTIVE,
        Scope.POD,
        """
        A scheduler that finds no node says so in a condition of the pod, and here there is none: the pod names a scheduler that does not
        run, or the cluster's is away.
        """,
        Remedy.by(Who.JOB, "correct schedulerName"),
        Remedy.by(Who.CLUSTER, "start the scheduler"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    Duration window = seen.window();
    return Stuck.all(
        Stuck.jobs(picture), pod -> unseen(picture, pod, window), SchedulerInactive::of);
  }

  private static Suspicion of(JobView job, List<PodView> pods) {
    return Suspicion.of(
            SCHEDULER_INACTIVE,
            "no scheduler has looked at " + Counted.of(pods.size(), "pod") + " of " + job)
        .proof(Stuck.lastSeen(pods))
        .remedy(Stuck.onFirst("get pod", pods, "-o jsonpath='{.spec.schedulerName}'"));
  }

  private static boolean unseen(Picture picture, PodView pod, Duration window) {
    return pod.phase().equals("Pending")
        && pod.node().isEmpty()
        && pod.last().orElseThrow().event().condition("PodScheduled").isEmpty()
        && Stuck.since(pod.states().get(0).at(), picture, window);
  }
}
