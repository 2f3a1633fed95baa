package workqueue.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workqueue.history.ClusterEvent.Running;

/** An init container that runs on, or fails again and again: the worker never begins. */
final class InitNotFinished implements Cause {

  @Override
  public List<Suspicion> in(Picture picture, Duration window) {
    List<Suspicion> found = new ArrayList<>();
    picture.jobs().stream()
        .filter(job -> job.deleted().isEmpty() && !job.state().complete())
        .forEach(
            job ->
                found.addAll(
                    Stuck.grouped(
                        job,
                        pod -> state(picture, pod, window),
                        (key, pods) -> of(job, key, pods))));
    return found;
  }

  private static Suspicion of(JobView job, String key, List<PodView> pods) {
    List<Long> proof = new ArrayList<>();
    for (PodView pod : pods) {
      unfinished(pod).flatMap(Attempt::lastState).ifPresent(state -> proof.add(state.seq()));
    }
    return Suspicion.of(
            FindingCode.INIT_NOT_FINISHED,
            key.formatted(Counted.of(pods.size(), "pod") + " of " + job))
        .proof(proof)
        .remedy(
            Stuck.onFirst("logs", pods, "-c " + unfinished(pods.get(0)).orElseThrow().container));
  }

  private static String state(Picture picture, PodView pod, Duration window) {
    Optional<Attempt> init = unfinished(pod);
    if (init.isEmpty()) {
      return "";
    }
    String name = "init container " + init.get().container + " of %s ";
    Optional<Integer> failed =
        pod.allAttempts().stream()
            .filter(each -> each.container.equals(init.get().container))
            .filter(each -> each.failed() && !each.endedOnceDeleted())
            .reduce((earlier, later) -> later)
            .map(each -> each.end().orElseThrow().exitCode());
    if (failed.isPresent()) {
      return name + "fails with exit code " + failed.get();
    }
    boolean lasts = init.get().running() && Stuck.since(init.get().firstSeenAt(), picture, window);
    return lasts ? name + "has not ended" : "";
  }

  private static Optional<Attempt> unfinished(PodView pod) {
    boolean begun = pod.attempts().stream().anyMatch(Attempt::began);
    return begun
        ? Optional.empty()
        : pod.allAttempts().stream()
            .filter(Attempt::isInit)
            .filter(each -> !each.succeeded())
            .filter(
                each ->
                    each.running()
                        || each.failed()
                        || each.lastState()
                            .filter(state -> state.event().state() == Running.WAITING)
                            .filter(state -> state.event().reason().equals("CrashLoopBackOff"))
                            .isPresent())
            .reduce((earlier, later) -> later);
  }
}
