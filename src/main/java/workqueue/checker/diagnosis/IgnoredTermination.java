package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.BACKOFF_LIMIT_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.DEADLINE_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.EVICTED;
import static workqueue.checker.diagnosis.FindingCode.IGNORED_TERMINATION;
import static workqueue.checker.diagnosis.FindingCode.JOB_FAILED;
import static workqueue.checker.diagnosis.FindingCode.NODE_LOST;
import static workqueue.checker.diagnosis.FindingCode.POD_FAILURE_POLICY;
import static workqueue.checker.diagnosis.FindingCode.SUSPENDED;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.history.Termination;

/** A worker did not end on SIGTERM and was killed after the grace. */
final class IgnoredTermination extends Cause {
  // Old kubelets miss what they removed at once.
  private static final Duration LATE = Duration.ofSeconds(10);

  IgnoredTermination() {
    super(
        IGNORED_TERMINATION,
        Scope.POD,
        """
        A pod was told to end and its worker ran on until it was killed. A shell as process 1 does not pass the signal on, and a client in a
        blocking call may not notice it. Killed, a worker neither acknowledges its item nor closes its connection.
        """,
        Remedy.by(
            Who.AUTHOR,
            "end on SIGTERM; in an image, exec the program instead of starting it from a shell"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return List.of(
        NODE_LOST,
        EVICTED,
        // A Job that gives up deletes its pods.
        DEADLINE_EXCEEDED,
        BACKOFF_LIMIT_EXCEEDED,
        POD_FAILURE_POLICY,
        JOB_FAILED,
        SUSPENDED);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    List<Suspicion> found = new ArrayList<>();
    for (JobView job : picture.jobs()) {
      if (job.state().spec().gracePeriodSeconds() > 1) {
        for (PodView pod : job.pods) {
          pod.deletionAt()
              .ifPresent(
                  due ->
                      pod.attempts().stream()
                          .filter(attempt -> killedAfterGrace(picture, attempt, due))
                          .forEach(attempt -> found.add(of(job, attempt))));
        }
      }
    }
    return found;
  }

  private static Suspicion of(JobView job, Attempt attempt) {
    return Suspicion.of(
            IGNORED_TERMINATION,
            "the worker in pod "
                + attempt.pod
                + " did not end on SIGTERM and was killed after "
                + job.state().spec().gracePeriodSeconds()
                + " s")
        .pods(List.of(attempt.pod.ref.name()))
        .proof(attempt.endSeq())
        .remedy(Remedies.field(job.ref, "{.spec.template.spec.containers[*].command}"));
  }

  private static boolean killedAfterGrace(Picture picture, Attempt attempt, Instant due) {
    Optional<Termination> end =
        attempt.end().filter(each -> each.exitCode() == 137 && !each.reason().equals("OOMKilled"));
    if (end.isEmpty()) {
      return false;
    }
    // Whole seconds: one that ended a second early may have ended in time.
    Instant late = due.minusSeconds(1);
    Instant finished = end.get().finishedAt();
    if (finished != null) {
      return !finished.isBefore(late);
    }
    // Kubelets remove a container that is killed for good; old ones then miss it at once.
    Instant missed = attempt.endSeenAt().orElseThrow();
    return !missed.isBefore(late)
        && !missed.isAfter(due.plus(LATE))
        && !picture.connections().endedBefore(attempt.pod.ref.name(), late);
  }
}
