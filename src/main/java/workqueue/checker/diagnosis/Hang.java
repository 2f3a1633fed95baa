package workqueue.checker.diagnosis;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.Recorded;

/**
 * That a Job cannot complete by itself any more, though it neither completed nor failed.
 *
 * @param since the event after which nothing happened that could have helped it
 * @param window how long that had to last before it could be said; zero if it could be said at once
 */
public record Hang(Recorded<? extends Event> since, Duration window) {

  /** The hang of the Job of this name, or of the only one if the name is empty. */
  public static Optional<Hang> in(Picture picture, String name) {
    List<JobView> jobs = picture.jobsNamed(name);
    if (jobs.isEmpty()) {
      return Optional.empty();
    }
    JobView job = jobs.get(jobs.size() - 1);
    if (job.end().isPresent()) {
      return Optional.empty();
    }
    Optional<WaitingProof> waiting = WaitingProof.of(picture, job, Diagnosis.WINDOW);
    return waiting.isPresent()
        ? waiting.map(proof -> new Hang(proof.from(), Diagnosis.WINDOW))
        : Outlook.lasting(picture, Diagnosis.WINDOW)
            .findFirst()
            .map(finding -> of(picture, job, finding))
            .or(
                () ->
                    Starved.of(picture, job, Diagnosis.WINDOW)
                        .map(starved -> new Hang(starved.from(), Diagnosis.WINDOW)));
  }

  private static Hang of(Picture picture, JobView job, Finding finding) {
    if (finding.code().mayPass()) {
      return new Hang(job.lastProgress(), picture.patience(Diagnosis.WINDOW));
    }
    Recorded<? extends Event> proof = picture.event(Collections.max(finding.evidence()));
    boolean lasted =
        finding.code() == FindingCode.CONTROLLER_INACTIVE
            || finding.code() == FindingCode.TAKEN_OVER;
    return new Hang(proof, lasted ? Diagnosis.WINDOW : Duration.ZERO);
  }
}
