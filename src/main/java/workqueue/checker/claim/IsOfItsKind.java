package workqueue.checker.claim;

import java.util.Optional;
import workqueue.checker.diagnosis.ShownKind;
import workqueue.checker.view.Picture;

/** No run of a worker goes through its queue as workers of another kind do. */
record IsOfItsKind() implements Statement {
  @Override
  public String words() {
    return "the worker is of its kind";
  }

  /** Refuted by the wire alone: what nobody saw is as it was said to be. */
  @Override
  public Conclusion judge(Picture picture) {
    Optional<ShownKind> other = ShownKind.in(picture);
    return other.isEmpty()
        ? Conclusion.valid()
        : Conclusion.invalid(
            Explanation.of(words() + ": not so")
                .expected("a worker of kind " + other.get().given().id())
                .actual(other.get().words()));
  }
}
