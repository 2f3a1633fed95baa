package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.HOARDED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.LOST_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.WORKER_FAILED;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.WireView;
import workqueue.history.Recorded;
import workqueue.history.WorkerEvent.LogLine;

/** The program fails by itself, and nothing else that was found explains it. */
public final class WorkerFailed extends Cause {
  private static final int LINES = 3;
  private static final int CHARACTERS = 300;
  // Killed by somebody: that is for others to explain.
  private static final Set<Integer> KILLED = Set.of(137, 143);

  WorkerFailed() {
    super(
        WORKER_FAILED,
        Scope.JOB,
        """
        Runs of a worker end with an error that no other cause explains; the last that they printed is quoted. It needs more than one failure,
        or a Job that gave up: a single failed run is made up for by the Job.
        """,
        Remedy.by(Who.AUTHOR, "see what the worker printed"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return List.of(HOARDED_ITEMS, LOST_ITEMS);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    List<Suspicion> others =
        Families.FAILURES.stream()
            .filter(code -> code != WORKER_FAILED)
            .flatMap(code -> seen.of(code).stream())
            .toList();
    if (others.stream().anyMatch(each -> each.pods().isEmpty())) {
      // What no pod in particular suffers from they all do.
      return List.of();
    }
    Set<String> explained = new HashSet<>();
    others.forEach(each -> explained.addAll(each.pods()));
    List<Suspicion> found = new ArrayList<>();
    for (JobView job : seen.picture().jobs()) {
      List<FailedRuns.Run> failed =
          seen.runs().all().stream()
              .filter(run -> run.job() == job && run.cause() == null && run.standing())
              .filter(run -> byItself(run.attempt()) && told(seen, run).isPresent())
              .filter(run -> !explained.contains(run.attempt().pod.ref.name()))
              .toList();
      if (decides(job, failed)) {
        found.add(of(seen, job, failed));
      }
    }
    return found;
  }

  /** What others took is no cause for who was handed something. */
  @Override
  boolean mayFollow(Suspicion failed, Suspicion cause, Picture picture) {
    return allCameTooLate(failed, picture);
  }

  /** Whether the pods were seen on the wire and none of them was handed anything. */
  private static boolean allCameTooLate(Suspicion failed, Picture picture) {
    return !failed.pods().isEmpty()
        && failed.pods().stream()
            .allMatch(
                pod ->
                    picture.connections().countOf(pod) > 0
                        && WireView.of(picture).to(pod).isEmpty());
  }

  private static Suspicion of(Examination seen, JobView job, List<FailedRuns.Run> failed) {
    FailedRuns.Run last = failed.get(failed.size() - 1);
    List<Recorded<LogLine>> lines = told(seen, last).orElseThrow().lines();
    List<Long> proof = new ArrayList<>();
    failed.forEach(run -> proof.addAll(run.proof()));
    lines.stream().skip(Math.max(0, lines.size() - LINES)).forEach(each -> proof.add(each.seq()));
    return Suspicion.of(
            WORKER_FAILED,
            "the worker of "
                + job
                + " fails with exit code "
                + exitCode(last.attempt())
                + said(lines)
                + ServiceVariable.hint(lines.stream().map(each -> each.event().text()).toList()))
        .pods(failed.stream().map(run -> run.attempt().pod.ref.name()).toList())
        .proof(proof)
        .remedy(Remedies.logs(job.ref));
  }

  /** The last lines of a run's log, in words. */
  public static String said(List<Recorded<LogLine>> lines) {
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

  /**
   * The run whose log tells why a run failed: its own, or where that was lost with its pod that of
   * another run of the Job that ended with the same exit code.
   */
  private static Optional<Attempt> told(Examination seen, FailedRuns.Run failed) {
    if (isRead(failed.attempt())) {
      return Optional.of(failed.attempt());
    }
    return seen.runs().all().stream()
        .filter(run -> run.job() == failed.job() && run.cause() == null)
        .map(FailedRuns.Run::attempt)
        .filter(each -> isRead(each) && exitCode(each) == exitCode(failed.attempt()))
        .reduce((first, second) -> second);
  }

  private static boolean isRead(Attempt attempt) {
    return attempt.logComplete() || !attempt.lines().isEmpty();
  }

  private static int exitCode(Attempt attempt) {
    return attempt.end().orElseThrow().exitCode();
  }

  private static boolean byItself(Attempt attempt) {
    return attempt.began()
        && !attempt.endedOnceDeleted()
        && !attempt.lostSightOf()
        && !KILLED.contains(exitCode(attempt));
  }
}
