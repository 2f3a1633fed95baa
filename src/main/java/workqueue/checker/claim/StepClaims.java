package workqueue.checker.claim;

import java.util.LinkedHashMap;
import java.util.Map;
import workqueue.checker.view.Picture;
import workqueue.history.HarnessEvent.StepChecked;
import workqueue.history.HarnessEvent.StepEnd;
import workqueue.history.HarnessEvent.StepEnded;

/** What claims about documented steps share. */
final class StepClaims {
  private StepClaims() {}

  /** How each step ended, by its id; what it compared has the last word. */
  static Map<String, StepEnded> ended(Picture picture) {
    Map<String, StepEnded> ended = new LinkedHashMap<>();
    picture
        .history
        .all(StepEnded.class)
        .forEach(each -> ended.put(each.event().step(), judged(picture, each.event())));
    return ended;
  }

  private static StepEnded judged(Picture picture, StepEnded step) {
    return picture
        .history
        .last(StepChecked.class, each -> each.step().equals(step.step()) && !each.passes())
        .map(
            failed ->
                new StepEnded(
                    step.step(),
                    StepEnd.NOT_SHOWN,
                    step.seconds(),
                    step.deviations(),
                    failed.event().failure()))
        .orElse(step);
  }

  static String words(StepEnded step) {
    String end =
        switch (step.end()) {
          case SHOWN -> " shows what it must";
          case NOT_SHOWN -> " does not show what it must";
          case NOT_DONE -> " could not be done";
          case NOT_RUN -> " was not run";
        };
    return step.step() + end + (step.message().isEmpty() ? "" : ": " + step.message());
  }
}
