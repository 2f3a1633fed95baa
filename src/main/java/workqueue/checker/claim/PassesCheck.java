package workqueue.checker.claim;

import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.Recorded;

/** A cluster passes one of its {@link ClusterChecks}. */
record PassesCheck(String check) implements Statement {
  @Override
  public String words() {
    return check + " holds";
  }

  @Override
  public Conclusion judge(Picture picture) {
    return ClusterChecks.answer(check, picture.history).conclusion(words(), true);
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return Optional.empty();
  }
}
