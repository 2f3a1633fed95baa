package workqueue.checker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import workqueue.history.Recorded;
import workqueue.history.WorkerEvent.LogLine;

/** The program fails by itself, and nothing else that was found explains it: its log is quoted. */
final class WorkerFailed {
  private static final int LINES = 3;
  private static final int CHARACTERS = 300;
  // Killed by somebody: that is for others to explain.
  private static final Set<Integer> KILLED = Set.of(137, 143);

  private WorkerFailed() {}

  static List<Suspicion> in(Picture picture, FailedRuns runs, List<Suspicion> others) {
    List<Suspicion> found = new ArrayList<>();
    if (others.stream().anyMatch(each -> mayExplain(each) && each.pods().isEmpty())) {
      // What no pod in particular suffers from they all do.
      return found;
    }
    Set<String> explained = explained(others);
    for (JobView job : picture.jobs()) {
      List<FailedRuns.Run> failed =
          runs.all().stream()
              .filter(run -> run.job() == job && run.cause() == null && run.standing())
              .filter(run -> byItself(run.attempt()))
              .filter(run -> !explained.contains(run.attempt().pod.ref.name()))
              .toList();
      if (decides(job, failed)) {
        found.add(of(job, failed));
      }
    }
    return found;
  }

  private static Suspicion of(JobView job, List<FailedRuns.Run> failed) {
    FailedRuns.Run last = failed.get(failed.size() - 1);
    List<Recorded<LogLine>> lines = last.attempt().lines();
    List<Long> proof = new ArrayList<>();
    failed.forEach(run -> proof.addAll(run.proof()));
    lines.stream().skip(Math.max(0, lines.size() - LINES)).forEach(each -> proof.add(each.seq()));
    return Suspicion.of(
            FindingCode.WORKER_FAILED,
            "the worker of "
                + job
                + " fails with exit code "
                + last.attempt().end().orElseThrow().exitCode()
                + said(lines)
                + hint(lines))
        .pods(failed.stream().map(run -> run.attempt().pod.ref.name()).toList())
        .proof(proof)
        .remedy(Remedies.logs(job.ref));
  }

  /** The last lines of a run's log, in words. */
  static String said(List<Recorded<LogLine>> lines) {
    List<String> printed =
        lines.stream()
            .map(each -> each.event().text().strip())
            .filter(each -> !each.isEmpty())
            .toList();
    if (printed.isEmpty()) {
      return " and prints nothing";
    }
    String last =
        printed.stream()
            .skip(Math.max(0, printed.size() - LINES))
            .collect(Collectors.joining(" / "));
    return " (last printed: "
        + (last.length() > CHARACTERS ? "…" + last.substring(last.length() - CHARACTERS) : last)
        + ")";
  }

  /** Kubernetes sets a variable for each port of each Service of the namespace. */
  private static String hint(List<Recorded<LogLine>> lines) {
    return lines.stream().anyMatch(each -> each.event().text().contains("tcp://"))
        ? "; a variable …_PORT=tcp://… is one that Kubernetes sets for a Service, unless the pod has"
            + " enableServiceLinks: false"
        : "";
  }

  /** Whether more is known than that one run failed, which the Job makes up for. */
  private static boolean decides(JobView job, List<FailedRuns.Run> failed) {
    if (failed.isEmpty() || job.state().complete()) {
      return false;
    }
    boolean gaveUp =
        job.state()
            .condition("Failed")
            .filter(each -> each.reason().equals("BackoffLimitExceeded"))
            .isPresent();
    return gaveUp || (!job.state().failedForGood() && failed.size() > 1);
  }

  private static boolean byItself(Attempt attempt) {
    boolean read = attempt.logComplete() || !attempt.lines().isEmpty();
    return read
        && attempt.began()
        && !attempt.endedOnceDeleted()
        && !attempt.lostSightOf()
        && !KILLED.contains(attempt.end().orElseThrow().exitCode());
  }

  private static boolean mayExplain(Suspicion other) {
    return Because.mayCause(other.code(), FindingCode.BACKOFF_LIMIT_EXCEEDED);
  }

  private static Set<String> explained(List<Suspicion> others) {
    Set<String> pods = new HashSet<>();
    others.stream().filter(WorkerFailed::mayExplain).forEach(each -> pods.addAll(each.pods()));
    return pods;
  }
}
