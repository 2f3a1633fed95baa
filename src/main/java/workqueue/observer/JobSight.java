package workqueue.observer;

import java.util.Optional;
import java.util.function.Function;
import workqueue.history.ClusterEvent.JobDeleted;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.History;
import workqueue.history.Recorded;
import workqueue.waiting.Sight;

/** Looks for the end of a Job in a record. */
final class JobSight {
  private JobSight() {}

  static Sight<Recorded<JobState>> end(
      History history, String namespace, String name, Function<History, String> failFast) {
    Optional<Recorded<JobState>> last =
        history.last(
            JobState.class,
            each -> each.job().namespace().equals(namespace) && each.job().name().equals(name));
    if (last.isEmpty()) {
      return hopelessOr(history, failFast, "no such Job yet");
    }
    JobState state = last.get().event();
    if (state.over()) {
      return Sight.found(last.get());
    }
    boolean deleted =
        history.last(JobDeleted.class, each -> each.job().equals(state.job())).isPresent();
    if (deleted) {
      return Sight.hopeless("it was deleted: " + describe(state));
    }
    return hopelessOr(history, failFast, describe(state));
  }

  private static Sight<Recorded<JobState>> hopelessOr(
      History history, Function<History, String> failFast, String state) {
    String hopeless = failFast.apply(history);
    return hopeless.isEmpty() ? Sight.notYet(state) : Sight.hopeless(hopeless);
  }

  private static String describe(JobState state) {
    return "%d active, %d succeeded of %s, %d failed"
        .formatted(
            state.active(),
            state.succeeded(),
            state.spec().completions() == null ? "any" : state.spec().completions(),
            state.failed());
  }
}
