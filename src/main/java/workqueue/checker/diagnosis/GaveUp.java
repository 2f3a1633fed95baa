package workqueue.checker.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.checker.view.JobView;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.Recorded;

/** How Jobs failed: by the reason of their condition, and with what their runs said last. */
abstract class GaveUp extends Cause {

  GaveUp(FindingCode code, Scope scope, String documentation, Remedy... remedies) {
    super(code, scope, documentation, remedies);
  }

  /** Whether this is what ended a Job, by the reason of its condition. */
  abstract boolean is(String reason);

  /** What is said of it. */
  abstract Suspicion of(Ended ended);

  /**
   * A Job that failed.
   *
   * @param failed its runs that ended badly
   */
  record Ended(JobView job, Recorded<JobState> end, List<FailedRuns.Run> failed) {

    String reason() {
      return end.event().condition("Failed").map(each -> each.reason()).orElse("");
    }

    String message() {
      return end.event().condition("Failed").map(each -> each.message()).orElse("");
    }

    /** What the last of its runs said. */
    Optional<String> lastSaid() {
      return failed.stream().reduce((former, later) -> later).map(FailedRuns.Run::said);
    }

    List<String> pods() {
      return failed.stream().map(run -> run.attempt().pod.ref.name()).toList();
    }
  }

  @Override
  final List<Suspicion> in(Examination seen) {
    List<Suspicion> found = new ArrayList<>();
    for (JobView job : seen.picture().jobs()) {
      job.end()
          .filter(state -> state.event().failedForGood())
          .map(
              end ->
                  new Ended(
                      job,
                      end,
                      seen.runs().all().stream().filter(run -> run.job() == job).toList()))
          .filter(ended -> is(ended.reason()))
          .ifPresent(ended -> found.add(of(ended).remedy(Remedies.describe(job.ref))));
    }
    return found;
  }

  /** What a condition says besides that it holds, in parentheses. */
  static String said(String reason, String message) {
    String all =
        Stream.of(reason, message)
            .filter(each -> !each.isEmpty())
            .collect(Collectors.joining(": "));
    return all.isEmpty() ? "" : " (" + all + ")";
  }
}
