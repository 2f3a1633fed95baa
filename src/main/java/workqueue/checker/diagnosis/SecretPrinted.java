package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.SECRET_PRINTED;

import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.view.JobView;
import workqueue.history.Recorded;
import workqueue.history.WorkerEvent.LogLine;

/** A worker prints a password. */
final class SecretPrinted extends Cause {

  SecretPrinted() {
    super(
        SECRET_PRINTED,
        Scope.JOB,
        """
        A line of a worker's log holds a password that the harness gave it, for example in the URL of the broker. Work goes on all the same;
        logs are read by more people than Secrets are. The record holds the line without the password.
        """,
        Remedy.by(Who.AUTHOR, "print no URL with a password, in errors neither"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return seen.picture().jobs().stream().flatMap(job -> of(job).stream()).toList();
  }

  private static Optional<Suspicion> of(JobView job) {
    List<Recorded<LogLine>> lines =
        job.attempts().stream()
            .flatMap(attempt -> attempt.lines().stream())
            .filter(line -> line.event().secret())
            .toList();
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Suspicion.of(
                    SECRET_PRINTED,
                    "workers of "
                        + job
                        + " print a password in "
                        + Counted.of(lines.size(), "line"))
                .pods(lines.stream().map(line -> line.event().pod().name()).toList())
                .proof(lines.stream().map(Recorded::seq).toList())
                .remedy(Remedies.logs(job.ref)));
  }
}
