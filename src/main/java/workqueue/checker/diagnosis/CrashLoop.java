package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.ACKED_BUT_NOT_REPORTED;
import static workqueue.checker.diagnosis.FindingCode.COMMAND_NOT_RUNNABLE;
import static workqueue.checker.diagnosis.FindingCode.CRASH_LOOP;
import static workqueue.checker.diagnosis.FindingCode.OUT_OF_MEMORY;
import static workqueue.checker.diagnosis.FindingCode.WORKER_FAILED;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.checker.view.JobView;
import workqueue.checker.view.PodView;

/** A container fails and is started again. */
final class CrashLoop extends Cause {

  CrashLoop() {
    super(
        CRASH_LOOP,
        Scope.POD,
        """
        With `restartPolicy: OnFailure` the kubelet starts a container that failed again, later each time. It is what a kubelet makes of
        failures: a root only where nothing is known of the failures themselves.
        """,
        Remedy.by(Who.AUTHOR, "see why the worker fails"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return Families.join(
        Families.NO_BROKER,
        Families.REFUSED,
        List.of(COMMAND_NOT_RUNNABLE, OUT_OF_MEMORY, ACKED_BUT_NOT_REPORTED, WORKER_FAILED));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Map<PodView, List<FailedRuns.Run>> standing =
        seen.runs().all().stream()
            .filter(FailedRuns.Run::standing)
            .collect(Collectors.groupingBy(run -> run.attempt().pod));
    return seen.picture().jobs().stream()
        .filter(job -> !job.state().complete() && !job.state().failedForGood())
        .flatMap(job -> of(job, standing).stream())
        .toList();
  }

  private static Optional<Suspicion> of(JobView job, Map<PodView, List<FailedRuns.Run>> standing) {
    List<String> pods = new ArrayList<>();
    List<Long> proof = new ArrayList<>();
    for (PodView pod : job.pods) {
      List<FailedRuns.Run> failed = standing.getOrDefault(pod, List.of());
      boolean backsOff =
          pod.allAttempts().stream().anyMatch(attempt -> attempt.waitsFor("CrashLoopBackOff"));
      if (pod.active() && !failed.isEmpty() && (backsOff || failed.size() > 1)) {
        pods.add(pod.ref.name());
        failed.forEach(run -> proof.addAll(run.proof()));
      }
    }
    return pods.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Suspicion.of(
                    CRASH_LOOP,
                    "containers fail and restart in "
                        + Counted.of(pods.size(), "pod")
                        + " of "
                        + job)
                .pods(pods)
                .proof(proof)
                .remedy(
                    "kubectl logs -n " + job.ref.namespace() + " " + pods.get(0) + " --previous"));
  }
}
