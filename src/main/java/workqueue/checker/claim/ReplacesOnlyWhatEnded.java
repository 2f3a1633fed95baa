package workqueue.checker.claim;

import workqueue.checker.view.Picture;

/**
 * No pod of the Job took the place of one that was deleted before that had ended, as its {@code
 * podReplacementPolicy} may ask for.
 */
record ReplacesOnlyWhatEnded(String job) implements JobStatement {
  @Override
  public String words() {
    return JobClaims.named(job) + " replaces pods only once they have ended";
  }

  @Override
  public Conclusion judge(Picture picture) {
    return JobClaims.onJob(
        picture, words(), job, each -> Replacement.judge(picture, words(), each));
  }
}
