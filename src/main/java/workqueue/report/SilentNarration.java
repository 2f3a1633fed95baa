package workqueue.report;

import java.nio.file.Path;
import java.time.Duration;

/** Tells nothing. */
record SilentNarration() implements Narration, ScenarioNarration {
  @Override
  public ScenarioNarration scenario(String label, int steps) {
    return this;
  }

  @Override
  public void summary(RunResult result, Path reports) {}

  @Override
  public void begins(int number, String id, String title) {}

  @Override
  public void waits(String what, String lastState, Duration waited, Duration limit) {}

  @Override
  public void says(String text) {}

  @Override
  public void ends(int number, StepResult result) {}
}
