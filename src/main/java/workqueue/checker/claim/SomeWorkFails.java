package workqueue.checker.claim;

import workqueue.checker.ledger.Sums;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.Picture;

/** Some run of a worker failed, openly or hidden behind a success. */
record SomeWorkFails() implements Statement {
  @Override
  public String words() {
    return "some work fails";
  }

  /** Whether some run failed, or exited 0 without its item being acked. */
  @Override
  public Conclusion judge(Picture picture) {
    boolean failed =
        picture.jobs().stream().flatMap(job -> job.attempts().stream()).anyMatch(Attempt::failed);
    boolean hidden =
        picture.jobs().stream()
            .map(job -> Sums.of(picture, picture.queue(job.queue())))
            .anyMatch(sums -> sums.falseSuccesses() > 0);
    return failed || hidden
        ? Conclusion.valid()
        : Conclusion.invalid(
            Explanation.of(words() + ": no run failed, as far as can be seen")
                .expected("a run that fails on the item that is to make it fail")
                .actual("none")
                .remedy("mvn verify -Pgate -Dwq.gate.poison='<an item that the worker fails on>'"));
  }
}
