package workqueue.checker.claim;

import workqueue.checker.diagnosis.Remedies;
import workqueue.checker.view.Picture;
import workqueue.history.ClusterEvent.JobState;

/** The Job is not Complete, and there is proof that it cannot become so by itself. */
record JobNeverCompletes(String job) implements JobStatement {
  @Override
  public String words() {
    return JobClaims.named(job) + " never completes";
  }

  @Override
  public Conclusion judge(Picture picture) {
    return JobClaims.onJob(
        picture,
        words(),
        job,
        job -> {
          JobState state = job.state();
          Explanation why =
              Explanation.of(words() + ": " + job + " is complete")
                  .expected("never Complete")
                  .actual(JobClaims.describe(state));
          if (state.complete()) {
            return Conclusion.invalid(why.remedy(Remedies.describe(job.ref)));
          }
          return state.failedForGood() || JobClaims.hopeless(picture)
              ? Conclusion.valid()
              : Conclusion.unknown(
                  Explanation.of(words() + ": " + job + " may still complete")
                      .expected("proof that it cannot complete")
                      .actual(JobClaims.describe(state)));
        });
  }
}
