package workqueue.checker.claim;

import java.util.List;
import workqueue.Counted;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.diagnosis.Remedies;
import workqueue.checker.ledger.Sums;
import workqueue.checker.view.Picture;
import workqueue.checker.view.QueueView;

/** No more pods of the Job succeeded than items were acked on its queue. */
record AccountsForEverySuccess(String job) implements JobStatement {
  @Override
  public String words() {
    return JobClaims.named(job) + " accounts for every success with an ack";
  }

  @Override
  public Conclusion judge(Picture picture) {
    return JobClaims.onJob(
        picture,
        words(),
        job,
        job -> {
          if (job.queue().isEmpty()) {
            return Conclusion.unknown(
                Explanation.of(words() + ": the queue of " + job + " is not known")
                    .expected("a Job whose workers are told their queue by QUEUE")
                    .actual("none in the record"));
          }
          QueueView queue = picture.queue(job.queue());
          Sums sums = Sums.of(picture, queue);
          if (sums.acked().isEmpty() || picture.history.finalState().isEmpty()) {
            return Conclusion.unknown(
                Explanation.of(words() + ": the acks on " + queue + " are not known")
                    .expected(Counted.of(sums.succeeded(), "success") + ", an ack for each")
                    .actual("neither the wire, nor the broker's counters, nor a final depth")
                    .remedy(Remedies.depth(picture, queue.name)));
          }
          Explanation why =
              Explanation.of(
                      words()
                          + ": "
                          + job
                          + " has "
                          + Counted.of(sums.succeeded(), "success")
                          + " on "
                          + queue
                          + " and "
                          + Counted.of(sums.acked().get(), "ack"))
                  .expected(Counted.of(sums.succeeded(), "success") + ", an ack for each")
                  .actual(Counted.of(sums.acked().get(), "ack") + ", says " + sums.ackedBy());
          if (sums.falseSuccesses() > 0) {
            return Conclusion.invalid(
                why.remedy(Remedies.logs(job.ref)),
                new Finding(
                    FindingCode.FALSE_SUCCESS,
                    Role.ROOT,
                    Counted.of(sums.falseSuccesses(), "pod") + " succeeded without an ack",
                    List.of(),
                    List.of(),
                    sums.proof().stream().sorted().toList()));
          }
          return sums.agree()
              ? Conclusion.valid()
              : Conclusion.unknown(
                  Explanation.of(words() + ": the sources disagree").unseen(sums.disagreements()));
        });
  }
}
