package workqueue.report;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import workqueue.Redaction;

/**
 * Prints what happens line by line, for a person at a terminal and for a CI log alike.
 *
 * <p>Nothing that was printed is ever changed again, and each line names its scenario: those of
 * scenarios side by side may mix.
 */
public final class Narrator implements Narration {
  private static final long QUIET_NANOS = Duration.ofSeconds(5).toNanos();

  private final PrintStream out;
  private final Ink ink;
  private final LongSupplier nanoTime;

  Narrator(PrintStream out, Ink ink, LongSupplier nanoTime) {
    this.out = out;
    this.ink = ink;
    this.nanoTime = nanoTime;
  }

  /** Prints to this stream, in colours if the JVM has a terminal and {@code NO_COLOR} is unset. */
  public static Narrator on(PrintStream out) {
    return new Narrator(out, Ink.detect(), System::nanoTime);
  }

  @Override
  public ScenarioNarration scenario(String label, int steps) {
    return new Teller(label, steps);
  }

  @Override
  public void summary(RunResult result, Path reports) {
    Summary.lines(result, reports, ink).forEach(this::print);
  }

  private void print(String line) {
    // One call a line: lines of scenarios side by side then never mix within themselves.
    out.println(Redaction.redact(line));
  }

  private final class Teller implements ScenarioNarration {
    private final String prefix;
    private final int steps;
    private final int width;
    private String step = "";
    private long lastLine;

    private Teller(String label, int steps) {
      this.prefix = "[" + label + "] ";
      this.steps = steps;
      this.width = Integer.toString(steps).length();
      this.lastLine = nanoTime.getAsLong();
    }

    @Override
    public synchronized void begins(int number, String id, String title) {
      step = place(number) + id;
      tell(step + ": " + Messages.firstLine(title));
    }

    @Override
    public synchronized void waits(String what, String lastState, Duration waited, Duration limit) {
      if (nanoTime.getAsLong() - lastLine >= QUIET_NANOS) {
        String state = Messages.firstLine(lastState);
        tell(
            (step.isEmpty() ? "" : step + " ")
                + "… waiting for "
                + what
                + (state.isEmpty() ? "" : ": " + state)
                + " ("
                + waited.toSeconds()
                + " s of "
                + limit.toSeconds()
                + " s)");
      }
    }

    @Override
    public synchronized void says(String text) {
      text.lines().forEach(this::tell);
    }

    @Override
    public synchronized void ends(int number, StepResult result) {
      step = "";
      String line = place(number) + result.id() + "  " + ink.of(result.status());
      if (result.status() != StepResult.Status.NOT_RUN) {
        line += "  " + Seconds.text(result.seconds());
      }
      tell(line + adapted(result.adapted()));
      if (result.message() != null) {
        String indent = " ".repeat(place(number).length());
        result.message().lines().forEach(each -> tell(indent + each));
      }
    }

    private String place(int number) {
      return String.format("%" + width + "d/%d ", number, steps);
    }

    private void tell(String line) {
      lastLine = nanoTime.getAsLong();
      print((prefix + line).stripTrailing());
    }
  }

  private static String adapted(List<Adapted> deviations) {
    return deviations.isEmpty()
        ? ""
        : deviations.stream()
            .map(each -> each.documented() + " → " + each.done() + " (" + each.why() + ")")
            .collect(Collectors.joining("; ", "   adapted: ", ""));
  }
}
