package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.CONTAINER_STILL_RUNNING;
import static workqueue.checker.diagnosis.FindingCode.NODE_LOST;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;

/**
 * The worker has ended for good, and another ordinary container of its pod runs on: a pod is over
 * only when all of them are. Init containers that are restarted always (native sidecars) are ended
 * by their kubelet and keep nobody waiting.
 */
final class ContainerStillRunning extends Cause {

  ContainerStillRunning() {
    super(
        CONTAINER_STILL_RUNNING,
        Scope.POD,
        """
        A pod is over only when all of its ordinary containers are: a sidecar that runs on keeps the Job from counting a worker that has
        ended. From Kubernetes 1.29 on an init container with `restartPolicy: Always` is ended by its kubelet and keeps nobody waiting.
        """,
        Remedy.by(Who.JOB, "make the sidecar an init container with restartPolicy: Always"),
        Remedy.by(Who.AUTHOR, "have the sidecar end with the worker"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return List.of(NODE_LOST);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    Duration window = seen.window();
    Duration patience = Stuck.patience(picture, window);
    return Stuck.grouped(
        Stuck.jobs(picture),
        (job, pod) ->
            hasEnded(picture, job, pod, patience)
                ? Optional.of(runningOn(pod)).filter(names -> !names.isEmpty())
                : Optional.empty(),
        ContainerStillRunning::of);
  }

  private static Suspicion of(JobView job, List<String> containers, List<PodView> pods) {
    List<Long> proof = new ArrayList<>(Stuck.lastSeen(pods));
    for (PodView pod : pods) {
      worker(pod).ifPresent(worker -> proof.add(worker.endSeq()));
      others(pod).forEach(each -> proof.add(each.lastState().orElseThrow().seq()));
    }
    return Suspicion.of(
            CONTAINER_STILL_RUNNING,
            containers.stream().map(name -> "container " + name).collect(Collectors.joining(", "))
                + " of "
                + Counted.of(pods.size(), "pod")
                + " of "
                + job
                + " runs on although the worker has ended with exit code "
                + worker(pods.get(0)).orElseThrow().end().orElseThrow().exitCode())
        .proof(proof)
        .remedy(Stuck.onFirst("logs", pods, "-c " + containers.get(0)));
  }

  /** Whether the worker has ended for good, and long enough ago. */
  private static boolean hasEnded(Picture picture, JobView job, PodView pod, Duration patience) {
    boolean never = job.state().spec().restartPolicy().equals("Never");
    return worker(pod)
        .filter(each -> each.succeeded() || (never && each.failed()))
        .flatMap(Attempt::endSeenAt)
        .filter(at -> Stuck.since(at, picture, patience))
        .isPresent();
  }

  private static List<String> runningOn(PodView pod) {
    return others(pod).stream().map(each -> each.container).sorted().toList();
  }

  private static Optional<Attempt> worker(PodView pod) {
    return pod.attempts().stream().max(Comparator.comparingInt(each -> each.number));
  }

  private static List<Attempt> others(PodView pod) {
    return pod.allAttempts().stream()
        .filter(each -> !pod.isWorker(each.container) && each.isOrdinary() && each.running())
        .toList();
  }
}
