package workqueue.report;

import java.nio.file.Path;

/** Tells a person what happens while it happens. */
public interface Narration {

  /**
   * Begins to tell of a scenario.
   *
   * @param label short, and unlike that of any other scenario that runs beside it
   * @param steps how many steps it has
   */
  ScenarioNarration scenario(String label, int steps);

  /**
   * Tells how the run ended.
   *
   * @param reports where the result and the diagnostics lie
   */
  void summary(RunResult result, Path reports);
}
