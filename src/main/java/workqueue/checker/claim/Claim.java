package workqueue.checker.claim;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.ClaimSpec;
import workqueue.history.Event;
import workqueue.history.History;
import workqueue.history.Recorded;

/** A statement about a history, and the verdict on it that its scenario expects. */
public final class Claim {
  private final Statement statement;
  private final Verdict expected;

  Claim(Statement statement, Verdict expected) {
    this.statement = Objects.requireNonNull(statement);
    this.expected = expected;
  }

  /**
   * The claim that a header holds.
   *
   * @throws IllegalArgumentException if it is not known, or its parameters do not fit
   */
  @JsonCreator
  static Claim of(ClaimSpec spec) {
    return new Claim(Statements.of(spec), Verdict.valueOf(spec.expected()));
  }

  /** The claim in words, for example "job completes with 8". */
  public String words() {
    return statement.words();
  }

  public Verdict expected() {
    return expected;
  }

  /** The claim as data, for a history's header. */
  @JsonValue
  public ClaimSpec spec() {
    return new ClaimSpec(
        Statements.name(statement.getClass()), Statements.parameters(statement), expected.name());
  }

  /** Judges the claim; one that cannot be judged because its checker throws is UNKNOWN. */
  public Conclusion judge(History history) {
    return judge(new Picture(history));
  }

  Conclusion judge(Picture picture) {
    if (picture.history.isEmpty()) {
      return Conclusion.unknown(
          Explanation.of(words() + ": nothing was recorded")
              .expected("a history with events")
              .actual("an empty one"));
    }
    try {
      return statement.judge(picture);
    } catch (RuntimeException | StackOverflowError bug) {
      return Conclusion.unknown(
          Explanation.of(words() + ": the checker failed, which is a fault of the harness")
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
      return statement.decidedBy(picture).map(event -> event);
    } catch (RuntimeException | StackOverflowError bug) {
      // It is told with the verdict, by whatever else needs what failed here.
      return Optional.empty();
    }
  }

  /** The same claim with another expectation. */
  Claim expecting(Verdict verdict) {
    return new Claim(statement, verdict);
  }

  private static String scenario(Picture picture) {
    return picture.history.header().scenario() + ".ndjson";
  }

  @Override
  public String toString() {
    return words();
  }
}
