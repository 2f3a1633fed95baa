package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.INIT_NOT_FINISHED;
import static workqueue.checker.diagnosis.FindingCode.NODE_LOST;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;

/** An init container that runs on, or fails again and again: the worker never begins. */
final class InitNotFinished extends Cause {

  InitNotFinished() {
    super(
        INIT_NOT_FINISHED,
        Scope.POD,
        """
        An init container runs on or fails, so that the worker never begins. One that waits for the broker is the usual case. Its kubelet
        starts one that failed again, so that what it waits for may come later.
        """,
        Remedy.by(Who.JOB, "see what the init container waits for"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return Families.join(Families.NO_BROKER, List.of(NODE_LOST));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    Duration window = seen.window();
    return Stuck.grouped(
        picture.jobs().stream().filter(job -> job.deleted().isEmpty() && !job.state().complete()),
        (job, pod) -> state(picture, pod, window),
        InitNotFinished::of);
  }

  /**
   * What becomes of an init container.
   *
   * @param failedWith the exit code of its last run that failed; empty if it runs on
   */
  private record Unfinished(String container, Optional<Integer> failedWith) {}

  private static Suspicion of(JobView job, Unfinished init, List<PodView> pods) {
    List<Long> proof = new ArrayList<>();
    for (PodView pod : pods) {
      unfinished(pod).flatMap(Attempt::lastState).ifPresent(state -> proof.add(state.seq()));
    }
    return Suspicion.of(
            INIT_NOT_FINISHED,
            "init container "
                + init.container
                + " of "
                + Counted.of(pods.size(), "pod")
                + " of "
                + job
                + init.failedWith
                    .map(code -> " fails with exit code " + code)
                    .orElse(" has not ended"))
        .proof(proof)
        .remedy(Stuck.onFirst("logs", pods, "-c " + init.container));
  }

  private static Optional<Unfinished> state(Picture picture, PodView pod, Duration window) {
    return unfinished(pod)
        .flatMap(
            init -> {
              Optional<Integer> failed = lastFailure(pod, init.container);
              boolean lasts = init.running() && Stuck.since(init.firstSeenAt(), picture, window);
              return failed.isPresent() || lasts
                  ? Optional.of(new Unfinished(init.container, failed))
                  : Optional.empty();
            });
  }

  private static Optional<Integer> lastFailure(PodView pod, String container) {
    return pod.allAttempts().stream()
        .filter(each -> each.container.equals(container))
        .filter(each -> each.failed() && !each.endedOnceDeleted())
        .reduce((earlier, later) -> later)
        .map(each -> each.end().orElseThrow().exitCode());
  }

  private static Optional<Attempt> unfinished(PodView pod) {
    boolean begun = pod.attempts().stream().anyMatch(Attempt::began);
    return begun
        ? Optional.empty()
        : pod.allAttempts().stream()
            .filter(Attempt::isInit)
            .filter(each -> !each.succeeded())
            .filter(each -> each.running() || each.failed() || each.waitsFor("CrashLoopBackOff"))
            .reduce((earlier, later) -> later);
  }
}
