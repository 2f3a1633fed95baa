package workqueue.report;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import workqueue.Redaction;
import workqueue.history.HarnessEvent.Deviation;

/**
 * Prints what happens line by line, for a person at a terminal and for a CI log alike.
 *
 * <p>Nothing that was printed is ever changed again, but for one line on a terminal, below all
 * others, that says how far the run is. Each line names its scenario: those of scenarios side by
 * side may mix.
 */
public final class Narrator implements Narration {
  private static final long QUIET_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long LONG_QUIET_NANOS = Duration.ofSeconds(30).toNanos();
  private static final String RUN = "[run] ";
  private static final int USUAL_WIDTH = 79;

  /** Goes to the beginning of the line, and wipes what is there. */
  private static final String WIPE = "\r\u001b[K";

  private final PrintStream out;
  private final Ink ink;
  private final int liveWidth;
  private final LongSupplier nanoTime;
  private String live = "";
  private long lastLine;

  /**
   * Prints to this stream.
   *
   * @param liveWidth how many characters the line has that is kept up to date; 0 for none
   */
  Narrator(PrintStream out, Ink ink, int liveWidth, LongSupplier nanoTime) {
    this.out = out;
    this.ink = ink;
    this.liveWidth = liveWidth;
    this.nanoTime = nanoTime;
    this.lastLine = nanoTime.getAsLong();
  }

  /** Prints to this stream, in colours if the JVM has a terminal and {@code NO_COLOR} is unset. */
  public static Narrator on(PrintStream out) {
    return new Narrator(
        out, Ink.detect(), liveWidth(Ink.isTerminal(), System.getenv()), System::nanoTime);
  }

  /** As wide as the terminal, less than which nobody has; 0 where none is that can wipe a line. */
  static int liveWidth(boolean terminal, Map<String, String> environment) {
    if (!terminal
        || !environment.getOrDefault("CI", "").isEmpty()
        || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
      return 0;
    }
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) - 1 : USUAL_WIDTH;
  }

  /** What goes before a line that something else prints: it makes room where the live line is. */
  public static String room() {
    return liveWidth(Ink.isTerminal(), System.getenv()) > 0 ? WIPE : "";
  }

  @Override
  public ScenarioNarration scenario(String label, int steps) {
    return new Teller(label, steps);
  }

  @Override
  public synchronized void ended(ScenarioResult result, RunProgress progress) {
    live = liveWidth > 0 ? shortened(progress.line()) : "";
    // Of a run of one the summary, which comes at once, says the same.
    if (progress.planned().orElse(0) != 1) {
      print(
          "%s%s  %s  %s%s"
              .formatted(
                  RUN,
                  name(result),
                  ink.of(result.verdict(), result.verdict().name()),
                  Seconds.text(result.seconds()),
                  liveWidth > 0 ? "" : "   " + progress.counts()));
    }
  }

  @Override
  public synchronized void progress(RunProgress progress) {
    if (liveWidth > 0) {
      live = shortened(progress.line());
      out.print(WIPE + live);
      out.flush();
    } else if (nanoTime.getAsLong() - lastLine >= LONG_QUIET_NANOS) {
      print(RUN + progress.line());
    }
  }

  /** Whether it is repeated is known from its second run on. */
  private static String name(ScenarioResult result) {
    return result.repetition() == null || result.repetition() == 1
        ? result.id()
        : Summary.name(result);
  }

  private String shortened(String line) {
    return line.length() <= liveWidth ? line : line.substring(0, liveWidth - 1) + "…";
  }

  @Override
  public synchronized void summary(RunResult result, Path reports) {
    if (!live.isEmpty()) {
      out.print(WIPE);
      live = "";
    }
    Summary.lines(result, reports, ink).forEach(this::print);
  }

  private synchronized void print(String line) {
    lastLine = nanoTime.getAsLong();
    String text = Redaction.redact(line);
    if (live.isEmpty()) {
      // One call a line: lines of scenarios side by side then never mix within themselves.
      out.println(text);
    } else {
      out.print(WIPE + text + System.lineSeparator() + live);
      out.flush();
    }
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

  private static String adapted(List<Deviation> deviations) {
    return deviations.isEmpty()
        ? ""
        : deviations.stream()
            .map(each -> each.documented() + " → " + each.done() + " (" + each.why() + ")")
            .collect(Collectors.joining("; ", "   adapted: ", ""));
  }
}
