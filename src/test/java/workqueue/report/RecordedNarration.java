package workqueue.report;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Remembers what it was told, one line each, in place of printing it. */
public final class RecordedNarration implements Narration {
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  /** What was told so far, for example {@code classic: begins 2/21 start-broker}. */
  public List<String> told() {
    synchronized (told) {
      return List.copyOf(told);
    }
  }

  @Override
  public ScenarioNarration scenario(String label, int steps) {
    return new Recorded(label, steps);
  }

  @Override
  public void ended(ScenarioResult result, RunProgress progress) {
    told.add("ended: " + result.id() + " " + result.verdict());
  }

  @Override
  public void progress(RunProgress progress) {
    told.add("progress: " + progress.line());
  }

  @Override
  public void summary(RunResult result, Path reports) {
    told.add("summary: " + result.verdict());
  }

  private final class Recorded implements ScenarioNarration {
    private final String label;
    private final int steps;

    private Recorded(String label, int steps) {
      this.label = label;
      this.steps = steps;
    }

    @Override
    public void begins(int number, String id, String title) {
      told.add(label + ": begins " + number + "/" + steps + " " + id);
    }

    @Override
    public void waits(String what, String lastState, Duration waited, Duration limit) {
      told.add(label + ": waits for " + what + ": " + lastState);
    }

    @Override
    public void says(String text) {
      told.add(label + ": says " + text);
    }

    @Override
    public void ends(int number, StepResult result) {
      told.add(
          label
              + ": ends "
              + number
              + "/"
              + steps
              + " "
              + result.id()
              + " "
              + result.status().word());
    }
  }
}
