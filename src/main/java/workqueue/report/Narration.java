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
   * Tells that a scenario came to an end.
   *
   * @param progress how far the run is with that
   */
  void ended(ScenarioResult result, RunProgress progress);

  /** Tells how far the run is; may be called as often as one looks, and is told now and then. */
  void progress(RunProgress progress);

  /**
   * Tells how the run ended.
   *
   * @param reports where the result and the diagnostics lie
   */
  void summary(RunResult result, Path reports);
}
