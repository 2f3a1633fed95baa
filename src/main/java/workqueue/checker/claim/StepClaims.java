package workqueue.checker.claim;

import java.util.LinkedHashMap;
import java.util.Map;
import workqueue.checker.view.Picture;
import workqueue.history.HarnessEvent.StepEnded;

/** What claims about documented steps share. */
final class StepClaims {
  private StepClaims() {}

  /** How each step ended, by its id. */
  static Map<String, StepEnded> ended(Picture picture) {
    Map<String, StepEnded> ended = new LinkedHashMap<>();
    picture
        .history
        .all(StepEnded.class)
        .forEach(each -> ended.put(each.event().step(), each.event()));
    return ended;
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
