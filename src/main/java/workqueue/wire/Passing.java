package workqueue.wire;

import java.util.function.Predicate;
import workqueue.history.WireEvent;

/** A condition over frames, for example "an ack passes". */
public final class Passing {
  private final String words;
  private final Predicate<Passed> condition;

  private Passing(String words, Predicate<Passed> condition) {
    this.words = words;
    this.condition = condition;
  }

  /** A client acks. */
  public static Passing ack() {
    return of("an ack", WireEvent.Acked.class);
  }

  /** A client nacks, rejects or recovers. */
  public static Passing rejection() {
    return of("a rejection", WireEvent.Rejected.class);
  }

  /** The broker delivers a message, pushed or fetched. */
  public static Passing delivery() {
    return of("a delivery", WireEvent.Delivered.class);
  }

  /** The broker lets a client consume; deliveries come after it. */
  public static Passing consumer() {
    return of("a consumer's begin", WireEvent.ConsumerStarted.class);
  }

  private static Passing of(String words, Class<? extends WireEvent> type) {
    return new Passing(words, passed -> type.isInstance(passed.event()));
  }

  /** Only if this holds as well; {@code words} read on after the condition. */
  public Passing and(String words, Predicate<Passed> further) {
    return new Passing(this.words + " " + words, condition.and(further));
  }

  /** Only what is about a message with this digest; see {@link workqueue.history.Payload}. */
  public Passing of(String digest) {
    return and(
        "of " + digest,
        passed ->
            passed.deliveries().stream().anyMatch(each -> each.payload().digest().equals(digest)));
  }

  boolean holds(Passed passed) {
    return condition.test(passed);
  }

  @Override
  public String toString() {
    return words;
  }
}
