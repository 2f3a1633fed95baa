package workqueue.checker.claim;

import workqueue.checker.view.Picture;

/** The Job is Complete, and this many of its pods succeeded. */
record JobCompletesWith(String job, int succeeded) implements JobStatement {
  @Override
  public String words() {
    return JobClaims.named(job) + " completes with " + succeeded;
  }

  @Override
  public Conclusion judge(Picture picture) {
    return JobClaims.completes(
        picture,
        words(),
        job,
        "Complete with " + succeeded + " succeeded",
        state -> state.complete() && state.succeeded() == succeeded);
  }
}
