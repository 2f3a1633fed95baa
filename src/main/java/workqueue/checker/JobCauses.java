package workqueue.checker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.Counted;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.ClusterEvent.KubernetesEvent;
import workqueue.history.HarnessEvent.FinalStateTaken;
import workqueue.history.JobSpec;
import workqueue.history.Recorded;

/** What the Job itself says, or fails to say. */
final class JobCauses {
  // Before a controller counts a failed pod; doubles with each failure, up to 6 minutes.
  private static final Duration BACK_OFF = Duration.ofSeconds(10);
  private static final int MOST_DOUBLINGS = 5;

  private final Picture picture;
  private final FailedRuns runs;
  private final Duration window;
  private final List<Suspicion> found = new ArrayList<>();

  private JobCauses(Picture picture, FailedRuns runs, Duration window) {
    this.picture = picture;
    this.runs = runs;
    this.window = window;
  }

  static List<Suspicion> in(Picture picture, FailedRuns runs, Duration window) {
    JobCauses causes = new JobCauses(picture, runs, window);
    for (JobView job : picture.jobs()) {
      causes.failed(job);
      causes.vanished(job);
      if (!job.state().over() && job.deleted().isEmpty()) {
        causes.suspended(job);
        causes.noWorkers(job);
        causes.inactive(job);
      }
    }
    return causes.found;
  }

  private void failed(JobView job) {
    Optional<Recorded<JobState>> end = job.end().filter(state -> state.event().failedForGood());
    String reason =
        end.flatMap(state -> state.event().condition("Failed"))
            .map(condition -> condition.reason())
            .orElse("");
    List<FailedRuns.Run> failed = runs.all().stream().filter(run -> run.job() == job).toList();
    Optional<String> last =
        failed.stream().reduce((former, later) -> later).map(FailedRuns.Run::said);
    if (reason.equals("BackoffLimitExceeded")) {
      List<Long> proof = new ArrayList<>(List.of(end.orElseThrow().seq()));
      failed.forEach(run -> proof.addAll(run.proof()));
      found.add(
          Suspicion.of(
                  FindingCode.BACKOFF_LIMIT_EXCEEDED,
                  job
                      + " gave up after more than "
                      + Counted.of(job.state().spec().backoffLimit(), "retry")
                      + last.map(said -> " (last: " + said + ")").orElse(""))
              .pods(pods(failed))
              .proof(proof)
              .remedy(Remedies.describe(job.ref)));
    } else if (reason.equals("DeadlineExceeded")) {
      found.add(
          Suspicion.of(
                  FindingCode.DEADLINE_EXCEEDED,
                  job + " was not done " + inTime(job.state().spec().activeDeadlineSeconds()))
              .proof(end.orElseThrow().seq())
              .remedy(Remedies.describe(job.ref)));
    } else if (end.isPresent()) {
      boolean byPolicy = reason.equals("PodFailurePolicy");
      String message =
          end.get().event().condition("Failed").map(condition -> condition.message()).orElse("");
      String said = said(byPolicy ? "" : reason, message);
      found.add(
          Suspicion.of(
                  byPolicy ? FindingCode.POD_FAILURE_POLICY : FindingCode.JOB_FAILED,
                  job
                      + (byPolicy
                          ? " was ended by its podFailurePolicy" + said
                          : " failed" + said + last.map(words -> ", last: " + words).orElse("")))
              .pods(byPolicy ? List.of() : pods(failed))
              .proof(end.get().seq())
              .remedy(Remedies.describe(job.ref)));
    }
  }

  private static List<String> pods(List<FailedRuns.Run> runs) {
    return runs.stream().map(run -> run.attempt().pod.ref.name()).toList();
  }

  /** What a condition says besides that it holds, in parentheses. */
  private static String said(String reason, String message) {
    String all =
        Stream.of(reason, message)
            .filter(each -> !each.isEmpty())
            .collect(Collectors.joining(": "));
    return all.isEmpty() ? "" : " (" + all + ")";
  }

  /**
   * A Job that goes before the final state was taken cannot be judged in it: by its end if that was
   * not seen, and else by the logs that went with it.
   */
  private void vanished(JobView job) {
    Optional<Recorded<FinalStateTaken>> taken = picture.history.finalState();
    long until = taken.map(Recorded::seq).orElse(Long.MAX_VALUE);
    if (job.deleted().isEmpty() || job.deleted().get().seq() > until) {
      return;
    }
    List<Attempt> unread = job.end().isPresent() ? wentUnread(job) : List.of();
    if (job.end().isPresent() && (unread.isEmpty() || taken.isEmpty())) {
      return;
    }
    Integer ttl = job.state().spec().ttlSecondsAfterFinished();
    String why =
        ttl != null && job.end().isPresent()
            ? "its " + ttl + " s to live after its end ran out"
            : "it was deleted";
    String lost =
        unread.isEmpty()
            ? ""
            : ", and the log of "
                + String.join(", ", unread.stream().limit(5).map(Attempt::toString).toList())
                + " went with it";
    found.add(
        Suspicion.of(
                FindingCode.VANISHED, job + " was gone before it could be judged: " + why + lost)
            .pods(unread.stream().map(attempt -> attempt.pod.ref.name()).toList())
            .proof(job.last().seq(), job.deleted().get().seq())
            .remedy(
                "kubectl get job "
                    + job.ref.name()
                    + " -n "
                    + job.ref.namespace()
                    + " -o jsonpath='{.spec.ttlSecondsAfterFinished}'"));
  }

  /**
   * The runs that could still be read from when the Job ended, and were not: their pods were there,
   * and of a container that restarts a kubelet keeps the last two.
   */
  private List<Attempt> wentUnread(JobView job) {
    long end = job.end().orElseThrow().seq();
    return new EvidenceReader(picture)
        .unread(job).stream()
            .filter(run -> run.pod.gone().map(gone -> gone.seq() > end).orElse(true))
            .filter(
                run ->
                    run.pod.attempts().stream()
                        .noneMatch(
                            later ->
                                later.container.equals(run.container)
                                    && later.number > run.number + 1))
            .toList();
  }

  private void suspended(JobView job) {
    if (job.state().spec().suspend()) {
      found.add(
          Suspicion.of(FindingCode.SUSPENDED, job + " is suspended")
              .proof(job.last().seq())
              .remedy(patch(job, "{\"spec\":{\"suspend\":false}}")));
    }
  }

  private static String inTime(Long seconds) {
    return seconds == null ? "in its time" : "within its " + seconds + " s";
  }

  private void noWorkers(JobView job) {
    if (job.state().spec().parallelism() == 0) {
      found.add(
          Suspicion.of(FindingCode.NO_WORKERS, job + " has parallelism 0")
              .proof(job.last().seq())
              .remedy(patch(job, "{\"spec\":{\"parallelism\":2}}")));
    }
  }

  private void inactive(JobView job) {
    JobSpec spec = job.state().spec();
    if (spec.suspend() || (spec.parallelism() == 0 && job.state().startedAt() != null)) {
      return;
    }
    Instant now = picture.now();
    boolean neverTaken =
        job.state().startedAt() == null
            && job.pods.isEmpty()
            && picture
                .history
                .last(
                    KubernetesEvent.class,
                    event -> event.kind().equals("Job") && event.name().equals(job.ref.name()))
                .isEmpty()
            && old(job.states().get(0).at(), now);
    List<Recorded<?>> uncounted = uncounted(job, now);
    if (!neverTaken && uncounted.isEmpty()) {
      return;
    }
    List<Long> proof = new ArrayList<>(List.of(job.last().seq()));
    uncounted.forEach(each -> proof.add(each.seq()));
    found.add(
        spec.managedByOthers()
            ? Suspicion.of(
                    FindingCode.TAKEN_OVER,
                    job
                        + " is left to "
                        + spec.managedBy()
                        + ", which "
                        + (neverTaken ? "has not taken it up" : "does not count its pods"))
                .proof(proof)
                .remedy(
                    "kubectl get job "
                        + job.ref.name()
                        + " -n "
                        + job.ref.namespace()
                        + " -o jsonpath='{.spec.managedBy}'")
            : Suspicion.of(FindingCode.CONTROLLER_INACTIVE, "nobody takes care of " + job)
                .proof(proof)
                .remedy("kubectl get pods -n kube-system | grep controller-manager"));
  }

  /**
   * Pods that ended long ago although the Job does not count them, failed ones after the back-off.
   */
  private List<Recorded<?>> uncounted(JobView job, Instant now) {
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
          .filter(state -> old(state.at(), pod.succeeded() ? now : beforeBackOff))
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

  private boolean old(Instant then, Instant now) {
    return !Duration.between(then, now).minus(window).isNegative();
  }

  private static String patch(JobView job, String change) {
    return "kubectl patch job "
        + job.ref.name()
        + " -n "
        + job.ref.namespace()
        + " -p '"
        + change
        + "'";
  }
}
