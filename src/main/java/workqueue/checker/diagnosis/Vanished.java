package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.VANISHED;

import java.util.List;
import java.util.Optional;
import workqueue.checker.ledger.EvidenceReader;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.history.HarnessEvent.FinalStateTaken;
import workqueue.history.Recorded;

/** The Job was gone before it could be judged. */
final class Vanished extends Cause {

  Vanished() {
    super(
        VANISHED,
        Scope.JOB,
        """
        Somebody deleted the Job, or its `ttlSecondsAfterFinished` ran out, before its end was seen or its logs were read. What became of it
        cannot be told any more.
        """,
        Remedy.by(Who.JOB, "raise ttlSecondsAfterFinished"),
        Remedy.by(Who.CLUSTER, "see who deletes Jobs"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return seen.picture().jobs().stream().flatMap(job -> of(seen.picture(), job).stream()).toList();
  }

  /**
   * A Job that goes before the final state was taken cannot be judged in it: by its end if that was
   * not seen, and else by the logs that went with it.
   */
  private static Optional<Suspicion> of(Picture picture, JobView job) {
    Optional<Recorded<FinalStateTaken>> taken = picture.history.finalState();
    long until = taken.map(Recorded::seq).orElse(Long.MAX_VALUE);
    if (job.deleted().isEmpty() || job.deleted().get().seq() > until) {
      return Optional.empty();
    }
    List<Attempt> unread = job.end().isPresent() ? wentUnread(picture, job) : List.of();
    if (job.end().isPresent() && (unread.isEmpty() || taken.isEmpty())) {
      return Optional.empty();
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
    return Optional.of(
        Suspicion.of(VANISHED, job + " was gone before it could be judged: " + why + lost)
            .pods(unread.stream().map(attempt -> attempt.pod.ref.name()).toList())
            .proof(job.last().seq(), job.deleted().get().seq())
            .remedy(Remedies.field(job.ref, "{.spec.ttlSecondsAfterFinished}")));
  }

  /**
   * The runs that could still be read from when the Job ended, and were not: their pods were there,
   * and of a container that restarts a kubelet keeps the last two.
   */
  private static List<Attempt> wentUnread(Picture picture, JobView job) {
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
}
