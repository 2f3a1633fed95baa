package workqueue.checker.claim;

import java.util.Objects;
import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.ClaimSpec;
import workqueue.history.Event;
import workqueue.history.History;
import workqueue.history.Recorded;

/** A statement about a history in words, and the pure function that judges it. */
public final class Claim {
  private final ClaimSpec spec;
  private final String words;
  private final Check check;
  private final Decider decider;

  /** Judges the claim on what a history shows. */
  @FunctionalInterface
  interface Check {
    Conclusion on(Picture picture);
  }

  /** Finds the event after which nothing can change the verdict any more. */
  @FunctionalInterface
  interface Decider {
    Optional<? extends Recorded<? extends Event>> in(Picture picture);
  }

  Claim(ClaimSpec spec, String words, Check check, Decider decider) {
    this.spec = Objects.requireNonNull(spec);
    this.words = words;
    this.check = check;
    this.decider = decider;
  }

  /** The claim in words, for example "job completes with 8". */
  public String words() {
    return words;
  }

  public Verdict expected() {
    return Verdict.valueOf(spec.expected());
  }

  /** The claim as data, for a history's header. */
  public ClaimSpec spec() {
    return spec;
  }

  /** Judges the claim; one that cannot be judged because its checker throws is UNKNOWN. */
  public Conclusion judge(History history) {
    return judge(new Picture(history));
  }

  Conclusion judge(Picture picture) {
    if (picture.history.isEmpty()) {
      return Conclusion.unknown(
          Explanation.of(words + ": nothing was recorded")
              .expected("a history with events")
              .actual("an empty one"));
    }
    try {
      return check.on(picture);
    } catch (RuntimeException | StackOverflowError bug) {
      return Conclusion.unknown(
          Explanation.of(words + ": the checker failed, which is a fault of the harness")
              .actual(bug.toString())
              .remedy("report it with the history, reports/histories/" + scenario(picture)));
    }
  }

  /** The event that decides the claim; empty if the record does not hold it. */
  public Optional<Recorded<? extends Event>> decidedAt(History history) {
    return decidedAt(new Picture(history));
  }

  Optional<Recorded<? extends Event>> decidedAt(Picture picture) {
    try {
      return decider.in(picture).map(event -> event);
    } catch (RuntimeException | StackOverflowError bug) {
      // It is told with the verdict, by whatever else needs what failed here.
      return Optional.empty();
    }
  }

  /** The same claim with another expectation. */
  Claim expecting(Verdict verdict) {
    return new Claim(
        new ClaimSpec(spec.claim(), spec.parameters(), verdict.name()), words, check, decider);
  }

  private static String scenario(Picture picture) {
    return picture.history.header().scenario() + ".ndjson";
  }

  @Override
  public String toString() {
    return words;
  }
}
