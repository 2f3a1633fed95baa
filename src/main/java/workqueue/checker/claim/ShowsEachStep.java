package workqueue.checker.claim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.HarnessEvent.StepEnd;
import workqueue.history.HarnessEvent.StepEnded;
import workqueue.history.Recorded;

/**
 * Each of these steps of the documented procedure shows what is documented; one that needs more
 * than there is on the cluster is left out.
 */
record ShowsEachStep(List<String> steps) implements Statement {
  ShowsEachStep {
    steps = List.copyOf(steps);
  }

  @Override
  public String words() {
    return Counted.each(steps.size(), "documented step") + " shows what it must";
  }

  @Override
  public Conclusion judge(Picture picture) {
    Map<String, StepEnded> ended = StepClaims.ended(picture);
    Optional<StepEnded> wrong = first(ended, StepEnd.NOT_SHOWN);
    if (wrong.isPresent()) {
      return Conclusion.invalid(
          Explanation.of(words() + ": " + wrong.get().step() + " does not")
              .expected("what is documented")
              .actual(wrong.get().message()));
    }
    Optional<StepEnded> prevented = first(ended, StepEnd.NOT_DONE);
    if (prevented.isPresent()) {
      return Conclusion.unknown(
          Explanation.of(words() + ": " + prevented.get().step() + " could not be done")
              .actual(prevented.get().message()));
    }
    List<String> unseen = steps.stream().filter(each -> !isSettled(ended.get(each))).toList();
    boolean someShown = ended.values().stream().anyMatch(each -> each.end() == StepEnd.SHOWN);
    return unseen.isEmpty() && someShown
        ? Conclusion.valid()
        : Conclusion.unknown(
            Explanation.of(words() + ": cannot be told")
                .expected(Counted.of(steps.size(), "step"))
                .actual(steps.size() - unseen.size() + " of them ended")
                .missing(unseen));
  }

  private Optional<StepEnded> first(Map<String, StepEnded> ended, StepEnd end) {
    return steps.stream()
        .filter(ended::containsKey)
        .map(ended::get)
        .filter(each -> each.end() == end)
        .findFirst();
  }

  /** One that was not run has a reason of its own, or waits for one that failed. */
  private static boolean isSettled(StepEnded ended) {
    return ended != null && (ended.end() == StepEnd.SHOWN || !ended.message().isEmpty());
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return picture.history.last(StepEnded.class);
  }
}
