package workqueue.checker.claim;

import workqueue.checker.view.Picture;

/** The Job is complete, with however many successes. */
record JobCompletes(String job) implements JobStatement {
  @Override
  public String words() {
    return JobClaims.named(job) + " completes";
  }

  @Override
  public Conclusion judge(Picture picture) {
    return JobClaims.completes(picture, words(), job);
  }
}
