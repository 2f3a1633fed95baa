package workqueue.conformance;

import java.util.List;
import workqueue.configuration.ConformanceMode;

/** All that is made for single checks, in the order in which it is. */
final class Trials {
  private Trials() {}

  static List<Trial> in(ConformanceMode mode) {
    return mode == ConformanceMode.FULL
        ? List.of(
            new WaitsForWork(),
            new ReplacesPod(),
            new DataSurvives(),
            new EveryClass(),
            new IdleConsumer())
        : List.of();
  }
}
