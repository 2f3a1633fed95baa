package workqueue.checker.claim;

import workqueue.checker.view.Picture;

/**
 * Never more than this many pods of the Job ran at once; refuted only by what is certain, as
 * Kubernetes gives times in whole seconds. A pod on its way out beside its replacement is legal.
 */
record RunsAtMost(String job, int pods) implements JobStatement {
  @Override
  public String words() {
    return JobClaims.named(job) + " runs at most " + pods + " at once";
  }

  @Override
  public Conclusion judge(Picture picture) {
    return JobClaims.onJob(
        picture, words(), job, job -> Overlap.judge(picture, words(), job, pods));
  }
}
