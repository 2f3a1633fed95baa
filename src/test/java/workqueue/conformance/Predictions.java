package workqueue.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import workqueue.checker.claim.CheckAnswer;
import workqueue.checker.claim.CheckAnswer.Outcome;
import workqueue.checker.claim.ClusterChecks;
import workqueue.configuration.ConformanceMode;
import workqueue.history.ApiEvent.GuestArrived;
import workqueue.history.ApiEvent.ObjectMade;
import workqueue.history.History;
import workqueue.history.Recorded;

/** How often what a preflight infers was right about what the proof then showed. */
final class Predictions {
  private final Map<String, Tally> tallies = new TreeMap<>();

  /** Of one check. */
  private static final class Tally {
    private final int[] held = new int[3];
    private final int[] failed = new int[3];

    /** In the order of the columns: it came true, it did not, nothing showed whether it does. */
    private void add(boolean predicted, Optional<Boolean> shown) {
      int[] counts = predicted ? held : failed;
      counts[shown.map(each -> each == predicted ? 0 : 1).orElse(2)]++;
    }
  }

  /** Adds what a visit showed; one in which nothing was made shows nothing. */
  void add(History history) {
    Optional<Recorded<ObjectMade>> made = history.all(ObjectMade.class).stream().findFirst();
    if (made.isEmpty()) {
      return;
    }
    History before = asPreflight(history, made.get().seq());
    for (Check check : Checks.in(ConformanceMode.PREFLIGHT)) {
      CheckAnswer predicted = ClusterChecks.answer(check.id(), before);
      boolean isKnown =
          predicted.outcome() == Outcome.HOLDS || predicted.outcome() == Outcome.FAILS;
      if (predicted.inferred() && isKnown) {
        tallies
            .computeIfAbsent(check.id(), any -> new Tally())
            .add(
                predicted.outcome() == Outcome.HOLDS,
                shown(ClusterChecks.answer(check.id(), history)));
      }
    }
  }

  /** What is inferred to fail stands unless the Job completes. */
  private static Optional<Boolean> shown(CheckAnswer answer) {
    return switch (answer.outcome()) {
      case FAILS -> Optional.of(false);
      case HOLDS -> answer.inferred() ? Optional.empty() : Optional.of(true);
      case UNKNOWN, NOT_RUN -> Optional.empty();
    };
  }

  /** The record as a preflight would have left it. */
  private static History asPreflight(History history, long end) {
    List<Recorded<?>> events = new ArrayList<>();
    for (Recorded<?> each : history.events()) {
      if (each.seq() < end) {
        events.add(
            each.event() instanceof GuestArrived guest
                ? new Recorded<>(each.seq(), each.at(), each.source(), looking(guest))
                : each);
      }
    }
    return new History(history.header(), events);
  }

  private static GuestArrived looking(GuestArrived guest) {
    return new GuestArrived(
        ConformanceMode.PREFLIGHT.word(),
        guest.context(),
        guest.namespace(),
        guest.pods(),
        guest.podsAtOnce(),
        guest.overlay());
  }

  /** A line a check, as Markdown. */
  List<String> lines() {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "| check | ≈ and held | ≈ and did not | × and did not hold | × and held | open |",
                "| --- | --- | --- | --- | --- | --- |"));
    tallies.forEach(
        (check, tally) ->
            lines.add(
                "| `%s` | %d | %d | %d | %d | %d |"
                    .formatted(
                        check,
                        tally.held[0],
                        tally.held[1],
                        tally.failed[0],
                        tally.failed[1],
                        tally.held[2] + tally.failed[2])));
    return lines;
  }
}
