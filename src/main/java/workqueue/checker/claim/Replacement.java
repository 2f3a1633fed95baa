package workqueue.checker.claim;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.diagnosis.Remedies;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.history.Recorded;

/**
 * Whether pods that were deleted had ended before others took their place, told by the order in
 * which the API server told of them.
 */
final class Replacement {
  private Replacement() {}

  /**
   * A pod that was deleted before it had ended.
   *
   * @param end the number of the event that showed its end; the largest there is if none did
   */
  private record Leaving(PodView pod, long deletion, long end) {}

  static Conclusion judge(Picture picture, String words, JobView job) {
    int limit = job.state().spec().parallelism();
    List<Leaving> leaving =
        job.pods.stream()
            .flatMap(pod -> leaving(pod).stream())
            .sorted(Comparator.comparing(Leaving::deletion))
            .toList();
    if (!picture.allPodsSeen(job)) {
      return Conclusion.unknown(
          Explanation.of(words + ": the pods of " + job + " were not seen all the time"));
    }
    for (Leaving each : leaving) {
      Optional<PodView> early =
          job.pods.stream()
              .filter(pod -> first(pod) > each.deletion() && first(pod) < each.end())
              .filter(pod -> thereAt(job, first(pod)) > limit)
              .findFirst();
      if (early.isPresent()) {
        return Conclusion.invalid(
            Explanation.of(words + ": " + job + " replaced " + each.pod().ref.name() + " before")
                .expected("at most " + Counted.of(limit, "pod") + " that had not ended")
                .actual(
                    early.get().ref.name()
                        + " is there from event "
                        + first(early.get())
                        + ", and "
                        + each.pod().ref.name()
                        + ", deleted in event "
                        + each.deletion()
                        + ", had not ended")
                .remedy(Remedies.field(job.ref, "{.spec.podReplacementPolicy}")));
      }
    }
    boolean shown =
        leaving.stream()
            .anyMatch(each -> job.pods.stream().anyMatch(pod -> first(pod) > each.end()));
    return shown
        ? Conclusion.valid()
        : Conclusion.unknown(
            Explanation.of(words + ": the record does not show it of " + job)
                .expected("a pod that is deleted, its end, and a pod after it")
                .actual(Counted.of(leaving.size(), "pod") + " deleted before an end"));
  }

  private static Optional<Leaving> leaving(PodView pod) {
    long end = end(pod);
    return pod.deletionSeen()
        .filter(deletion -> deletion.seq() < end)
        .map(deletion -> new Leaving(pod, deletion.seq(), end));
  }

  /** How many of the Job's pods were there and had not ended. */
  private static long thereAt(JobView job, long event) {
    return job.pods.stream().filter(pod -> first(pod) <= event && end(pod) > event).count();
  }

  private static long first(PodView pod) {
    return pod.states().stream().mapToLong(Recorded::seq).findFirst().orElse(Long.MAX_VALUE);
  }

  private static long end(PodView pod) {
    return pod.states().stream()
        .filter(state -> state.event().over())
        .findFirst()
        .map(Recorded::seq)
        .or(() -> pod.gone().map(Recorded::seq))
        .orElse(Long.MAX_VALUE);
  }
}
