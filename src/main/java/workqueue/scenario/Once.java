package workqueue.scenario;

import java.util.Optional;
import java.util.function.Supplier;
import workqueue.EnvironmentTrouble;
import workqueue.waiting.WaitedInVain;

/** Made at its first use; what made it fail fails all who ask. */
final class Once<T> {
  // Read without the lock: who stops the run does not wait for what still starts.
  private volatile T value;
  private EnvironmentTrouble trouble;

  synchronized T get(Supplier<T> source) {
    make(source);
    if (trouble != null) {
      throw trouble;
    }
    return value;
  }

  /** As {@link #get} where it can be made. */
  synchronized Optional<T> ifPossible(Supplier<T> source) {
    make(source);
    return Optional.ofNullable(value);
  }

  private void make(Supplier<T> source) {
    if (value == null && trouble == null) {
      try {
        value = source.get();
      } catch (EnvironmentTrouble failure) {
        trouble = failure;
      } catch (WaitedInVain late) {
        trouble = new EnvironmentTrouble(late.getMessage(), late);
      }
    }
  }

  Optional<T> made() {
    return Optional.ofNullable(value);
  }
}
