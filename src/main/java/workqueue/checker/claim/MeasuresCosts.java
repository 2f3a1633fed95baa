package workqueue.checker.claim;

import java.util.List;
import workqueue.checker.diagnosis.Costs;
import workqueue.checker.view.Picture;
import workqueue.cost.Measure;
import workqueue.cost.Measurement;

/** Enough pods of the queue's Jobs were seen to say what one of them takes. */
record MeasuresCosts(String queue) implements Statement {
  @Override
  public String words() {
    return "what workers of queue " + queue + " cost is measured";
  }

  @Override
  public Conclusion judge(Picture picture) {
    Measurement seen = Costs.of(picture, queue);
    int pods = seen.figures().getOrDefault(Measure.POD, List.of()).size();
    return seen.tells(Measure.POD)
        ? Conclusion.valid()
        : Conclusion.unknown(
            Explanation.of(words() + ": too few of its pods were seen from start to success")
                .expected(Measurement.FEWEST + " pods or more")
                .actual(Integer.toString(pods)));
  }
}
