package workqueue.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The worker has ended for good, and another ordinary container of its pod runs on: a pod is over
 * only when all of them are. Init containers that are restarted always (native sidecars) are ended
 * by their kubelet and keep nobody waiting.
 */
final class ContainerStillRunning implements Cause {

  @Override
  public List<Suspicion> in(Picture picture, Duration window) {
    Duration patience = Stuck.patience(picture, window);
    List<Suspicion> found = new ArrayList<>();
    Stuck.jobs(picture)
        .forEach(
            job ->
                found.addAll(
                    Stuck.grouped(
                        job,
                        pod -> keeping(picture, job, pod, patience),
                        (containers, pods) -> of(job, containers, pods))));
    return found;
  }

  private static Suspicion of(JobView job, String containers, List<PodView> pods) {
    List<Long> proof = new ArrayList<>(Stuck.lastSeen(pods));
    for (PodView pod : pods) {
      worker(pod).ifPresent(worker -> proof.add(worker.endSeq()));
      others(pod).forEach(each -> proof.add(each.lastState().orElseThrow().seq()));
    }
    String first = containers.split(", ", -1)[0];
    return Suspicion.of(
            FindingCode.CONTAINER_STILL_RUNNING,
            containers
                + " of "
                + Counted.of(pods.size(), "pod")
                + " of "
                + job
                + " runs on although the worker has ended with exit code "
                + worker(pods.get(0)).orElseThrow().end().orElseThrow().exitCode())
        .proof(proof)
        .remedy(Stuck.onFirst("logs", pods, "-c " + first.substring(first.indexOf(' ') + 1)));
  }

  /** The containers that keep the pod from ending; empty if none does, or not long enough. */
  private static String keeping(Picture picture, JobView job, PodView pod, Duration patience) {
    boolean never = job.state().spec().restartPolicy().equals("Never");
    boolean ended =
        worker(pod)
            .filter(each -> each.succeeded() || (never && each.failed()))
            .flatMap(Attempt::endSeenAt)
            .filter(at -> Stuck.since(at, picture, patience))
            .isPresent();
    return ended
        ? others(pod).stream()
            .map(each -> "container " + each.container)
            .sorted()
            .collect(Collectors.joining(", "))
        : "";
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
