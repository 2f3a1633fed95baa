package workqueue.waiting;

import java.util.Objects;

/**
 * What one look at a state saw.
 *
 * @param <T> what is waited for
 */
public sealed interface Sight<T> {

  /** It is there. */
  record Found<T>(T value) implements Sight<T> {}

  /** It is not there yet; {@code state} says what is there instead. */
  record NotYet<T>(String state) implements Sight<T> {
    public NotYet {
      Objects.requireNonNull(state);
    }
  }

  /** It will never be there; {@code why} is what makes that certain. */
  record Hopeless<T>(String why) implements Sight<T> {
    public Hopeless {
      Objects.requireNonNull(why);
    }
  }

  static <T> Sight<T> found(T value) {
    return new Found<>(value);
  }

  /** That something is so; {@code state} says what is so instead where it is not yet. */
  static Sight<Boolean> when(boolean so, String state) {
    return so ? found(true) : notYet(state);
  }

  static <T> Sight<T> notYet(String state) {
    return new NotYet<>(state);
  }

  static <T> Sight<T> hopeless(String why) {
    return new Hopeless<>(why);
  }
}
