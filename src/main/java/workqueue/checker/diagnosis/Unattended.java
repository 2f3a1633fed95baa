package workqueue.checker.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.history.ClusterEvent.KubernetesEvent;
import workqueue.history.JobSpec;
import workqueue.history.Recorded;
import workqueue.history.Source;

/**
 * That a Job's controller does not do its work: it has not taken the Job up, or does not count pods
 * that ended long ago.
 *
 * @param neverTaken whether it has not taken it up
 * @param proof the events that show it
 */
record Unattended(JobView job, boolean neverTaken, List<Long> proof) {
  // Before a controller counts a failed pod; doubles with each failure, up to 6 minutes.
  private static final Duration BACK_OFF = Duration.ofSeconds(10);
  private static final int MOST_DOUBLINGS = 5;

  // Without its API server a controller loses its lease and ends: it is started again, with a
  // back-off, and waits until the lease of 15 s has run out (kube-controller-manager's defaults).
  private static final Duration ELECTION = Duration.ofMinutes(1);

  /** The Jobs that are neither over nor gone. */
  static Stream<JobView> jobs(Picture picture) {
    return picture.jobs().stream().filter(job -> !job.state().over() && job.deleted().isEmpty());
  }

  static Optional<Unattended> of(Examination seen, JobView job) {
    Picture picture = seen.picture();
    JobSpec spec = job.state().spec();
    if (spec.suspend() || (spec.parallelism() == 0 && job.state().startedAt() != null)) {
      return Optional.empty();
    }
    Instant now = picture.now();
    if (picture.history.gaps(Source.JOBS, Source.PODS).stream()
        .anyMatch(gap -> now.isBefore(gap.event().to().plus(ELECTION)))) {
      return Optional.empty();
    }
    boolean neverTaken =
        job.state().startedAt() == null
            && job.pods.isEmpty()
            && picture
                .history
                .last(
                    KubernetesEvent.class,
                    event -> event.kind().equals("Job") && event.name().equals(job.ref.name()))
                .isEmpty()
            && seen.isOld(job.states().get(0).at(), now);
    List<Recorded<?>> uncounted = uncounted(seen, job, now);
    if (!neverTaken && uncounted.isEmpty()) {
      return Optional.empty();
    }
    List<Long> proof = new ArrayList<>(List.of(job.last().seq()));
    uncounted.forEach(each -> proof.add(each.seq()));
    return Optional.of(new Unattended(job, neverTaken, proof));
  }

  /**
   * Pods that ended long ago although the Job does not count them, failed ones after the back-off;
   * none where its controller knows them, and something else keeps it from counting.
   */
  private static List<Recorded<?>> uncounted(Examination seen, JobView job, Instant now) {
    if (job.state().hasUncounted()) {
      return List.of();
    }
    List<Recorded<?>> over = new ArrayList<>();
    Instant beforeBackOff = now.minus(backOff(job));
    boolean countsAll = !job.state().spec().ignoresFailures();
    for (PodView pod : job.pods) {
      if (pod.deletionAt().isPresent()) {
        // Who is deleted need not be counted, whatever became of it.
        continue;
      }
      if (!countsAll && !pod.succeeded()) {
        continue;
      }
      pod.states().stream()
          .filter(state -> state.event().over())
          .findFirst()
          .filter(state -> seen.isOld(state.at(), pod.succeeded() ? now : beforeBackOff))
          .ifPresent(over::add);
    }
    return over.size() > job.state().succeeded() + job.state().failed() ? over : List.of();
  }

  private static Duration backOff(JobView job) {
    long failures = job.pods.stream().filter(pod -> !pod.active() && !pod.succeeded()).count();
    return failures == 0
        ? Duration.ZERO
        : BACK_OFF.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
  }
}
