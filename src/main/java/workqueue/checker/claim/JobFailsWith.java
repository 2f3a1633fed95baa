package workqueue.checker.claim;

import workqueue.checker.diagnosis.Remedies;
import workqueue.checker.view.Picture;
import workqueue.history.ClusterEvent.JobState;

/** The Job has the condition Failed for this reason, for example BackoffLimitExceeded. */
record JobFailsWith(String job, String reason) implements JobStatement {
  @Override
  public String words() {
    return JobClaims.named(job) + " fails with " + reason;
  }

  @Override
  public Conclusion judge(Picture picture) {
    return JobClaims.onJob(
        picture,
        words(),
        job,
        job -> {
          JobState state = job.state();
          boolean so =
              state
                  .condition("Failed")
                  .map(condition -> condition.reason().equals(reason))
                  .orElse(false);
          if (so) {
            return Conclusion.valid();
          }
          Explanation why =
              Explanation.of(words() + ": " + job + " " + (state.over() ? "does not" : "has not"))
                  .expected("Failed (" + reason + ")")
                  .actual(JobClaims.describe(state));
          return state.over()
              ? Conclusion.invalid(why.remedy(Remedies.describe(job.ref)))
              : JobClaims.notOver(picture, words(), job, why);
        });
  }
}
