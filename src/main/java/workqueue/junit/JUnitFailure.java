package workqueue.junit;

import org.junit.jupiter.api.Assumptions;
import workqueue.scenario.ScenarioRun;

/** What JUnit is told of a scenario that did not hold. */
final class JUnitFailure {
  private JUnitFailure() {}

  /**
   * Aborts one that was not tried or not judged, as it neither holds nor fails; fails any other.
   */
  static void raise(Throwable failure) throws Exception {
    if (ScenarioRun.isUndecided(failure)) {
      Assumptions.abort(failure.getMessage());
    }
    if (failure instanceof Error error) {
      throw error;
    }
    throw failure instanceof Exception exception ? exception : new IllegalStateException(failure);
  }
}
