package workqueue.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import workqueue.checker.claim.Verdict;

/**
 * How far a run is.
 *
 * @param running the scenarios that run, and for how long each has, the longest first
 * @param done how many were judged, by their verdicts
 * @param undecided how many ended without a verdict, as they were not tried or not judged
 * @param planned how many there are to be in all; empty if that is not known
 * @param elapsed since the run began
 */
public record RunProgress(
    List<Running> running,
    Map<Verdict, Integer> done,
    int undecided,
    OptionalInt planned,
    Duration elapsed) {
  private static final int NAMED = 3;

  /** A scenario that runs. */
  public record Running(String name, Duration elapsed) {}

  public RunProgress {
    running = List.copyOf(running);
    done = Collections.unmodifiableMap(Map.copyOf(done));
  }

  /** How many are over. */
  int ended() {
    return undecided + done.values().stream().mapToInt(each -> each).sum();
  }

  /** How many did not begin yet; of a visit that is judged again each check turns up only then. */
  OptionalInt left() {
    return planned.isEmpty()
        ? planned
        : OptionalInt.of(Math.max(0, planned.getAsInt() - ended() - running.size()));
  }

  /** In one line, at its end what runs: where there is no room for all, that is cut off. */
  String line() {
    return counts()
        + (running.isEmpty()
            ? ""
            : ": "
                + running.stream()
                    .limit(NAMED)
                    .map(each -> each.name() + " " + each.elapsed().toSeconds() + " s")
                    .collect(Collectors.joining(", "))
                + (running.size() > NAMED ? ", …" : ""));
  }

  /** The numbers alone. */
  String counts() {
    List<String> bad = new ArrayList<>();
    for (Verdict verdict : List.of(Verdict.INVALID, Verdict.UNKNOWN)) {
      if (done.getOrDefault(verdict, 0) > 0) {
        bad.add(done.get(verdict) + " " + verdict);
      }
    }
    return ended()
        + (planned.isPresent() ? " of " + Math.max(planned.getAsInt(), ended()) : "")
        + " done"
        + (bad.isEmpty() ? "" : " (" + String.join(", ", bad) + ")")
        + ", "
        + running.size()
        + " running"
        + (left().isPresent() ? ", " + left().getAsInt() + " left" : "")
        + ", "
        + elapsed.toSeconds()
        + " s";
  }
}
