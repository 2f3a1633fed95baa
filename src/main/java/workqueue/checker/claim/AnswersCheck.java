package workqueue.checker.claim;

import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.Recorded;

/** It is known whether a cluster passes one of its {@link ClusterChecks}: for advice. */
record AnswersCheck(String check) implements Statement {
  @Override
  public String words() {
    return "it is known whether " + check + " holds";
  }

  @Override
  public Conclusion judge(Picture picture) {
    return ClusterChecks.answer(check, picture.history).conclusion(words(), false);
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return Optional.empty();
  }
}
