package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.HarnessEvent.StepEnd;
import workqueue.history.HarnessEvent.StepEnded;
import workqueue.history.Recorded;

/**
 * Of these steps those before this one show what they must, it does not, and none is tried then.
 */
record FailsOnlyAt(String step, List<String> steps) implements Statement {
  FailsOnlyAt {
    steps = List.copyOf(steps);
  }

  @Override
  public String words() {
    return "exactly the step " + step + " fails";
  }

  @Override
  public Conclusion judge(Picture picture) {
    Map<String, StepEnded> ended = StepClaims.ended(picture);
    List<String> otherwise = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      StepEnded seen = ended.get(steps.get(i));
      int place = Integer.compare(i, steps.indexOf(step));
      StepEnd wanted = place < 0 ? StepEnd.SHOWN : place == 0 ? StepEnd.NOT_SHOWN : StepEnd.NOT_RUN;
      if (seen == null || seen.end() == StepEnd.NOT_DONE) {
        return Conclusion.unknown(
            Explanation.of(words() + ": " + steps.get(i) + " could not be done")
                .actual(seen == null ? "nothing of it was seen" : seen.message()));
      }
      if (seen.end() != wanted) {
        otherwise.add(StepClaims.words(seen));
      }
    }
    return otherwise.isEmpty()
        ? Conclusion.valid()
        : Conclusion.invalid(
            Explanation.of(words() + ": not only that, or not that")
                .expected("what is documented before " + step + ", and nothing tried after it")
                .actual(String.join("; ", otherwise)));
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return picture.history.last(StepEnded.class);
  }
}
