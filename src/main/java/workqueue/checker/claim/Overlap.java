package workqueue.checker.claim;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.Recorded;
import workqueue.history.Termination;

/**
 * How many pods of a Job ran at once, for certain.
 *
 * <p>Kubernetes cuts start and finish times to whole seconds: a run from 3 to 5 ran for certain
 * only from 4 to 5. A pod that is being deleted does not count, its replacement may run beside it.
 */
final class Overlap {
  private Overlap() {}

  private record Edge(Instant at, int change, Attempt attempt) {}

  static Conclusion judge(Picture picture, String words, JobView job, int limit) {
    Optional<Recorded<JobState>> tooMany =
        job.states().stream().filter(state -> state.event().active() > limit).findFirst();
    if (tooMany.isPresent()) {
      int active = tooMany.get().event().active();
      return Conclusion.invalid(
          tooMany(words, job, active, limit)
              .actual(active + " active, says the Job in event " + tooMany.get().seq()));
    }
    List<Attempt> most = most(job);
    if (most.size() > limit) {
      return Conclusion.invalid(
          tooMany(words, job, most.size(), limit)
              .actual(most.size() + " ran at once")
              .unexpected(most));
    }
    List<String> unseen =
        job.pods.stream()
            .filter(pod -> pod.succeeded() && !hasTimes(pod))
            .map(pod -> "when " + pod.ref.name() + " ran")
            .toList();
    boolean blind =
        !unseen.isEmpty()
            || !picture.allPodsSeen(job)
            || picture.history.finalState().isEmpty()
            || (job.pods.isEmpty() && job.state().succeeded() + job.state().active() > 0);
    if (blind) {
      return Conclusion.unknown(
          Explanation.of(words + ": " + job + " was not seen well enough")
              .expected("all pods with start and finish, and a final state")
              .actual("at most " + most.size() + " seen at once")
              .unseen(unseen));
    }
    return Conclusion.valid();
  }

  private static Explanation tooMany(String words, JobView job, int ran, int limit) {
    return Explanation.of(words + ": " + job + " ran " + ran).expected("at most " + limit);
  }

  private static boolean hasTimes(PodView pod) {
    return pod.attempts().stream()
        .anyMatch(
            attempt ->
                attempt.startedAt().isPresent()
                    && attempt.end().map(end -> end.finishedAt() != null).orElse(false));
  }

  /** The largest set of attempts that ran at one moment for certain. */
  private static List<Attempt> most(JobView job) {
    List<Edge> edges = new ArrayList<>();
    for (Attempt attempt : job.attempts()) {
      addCertainRun(attempt, job.state().spec().gracePeriodSeconds(), edges);
    }
    edges.sort(Comparator.comparing(Edge::at).thenComparing(Edge::change));
    List<Attempt> now = new ArrayList<>();
    List<Attempt> most = List.of();
    for (Edge edge : edges) {
      if (edge.change() > 0) {
        now.add(edge.attempt());
      } else {
        now.remove(edge.attempt());
      }
      if (now.stream().map(attempt -> attempt.pod).distinct().count() > most.size()) {
        most = List.copyOf(now);
      }
    }
    return most;
  }

  private static void addCertainRun(Attempt attempt, int gracePeriod, List<Edge> edges) {
    if (attempt.startedAt().isEmpty() || !attempt.began()) {
      return;
    }
    Instant from = attempt.startedAt().get().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    Optional<Instant> finished = attempt.end().map(Termination::finishedAt);
    Instant to;
    if (finished.isPresent()) {
      to = finished.get().truncatedTo(ChronoUnit.SECONDS);
    } else if (attempt.running() && attempt.pod.gone().isEmpty()) {
      to = Instant.MAX;
    } else {
      return;
    }
    Optional<Instant> deleted = attempt.pod.deletionAt().map(at -> at.minusSeconds(gracePeriod));
    if (deleted.isPresent() && deleted.get().isBefore(to)) {
      to = deleted.get();
    }
    if (from.isBefore(to)) {
      edges.add(new Edge(from, 1, attempt));
      edges.add(new Edge(to, -1, attempt));
    }
  }
}
