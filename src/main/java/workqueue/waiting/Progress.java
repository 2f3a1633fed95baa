package workqueue.waiting;

import java.time.Duration;

/** Is told while something is waited for, several times a second; it decides what to show. */
@FunctionalInterface
public interface Progress {
  Progress NONE = (what, state, waited, limit) -> {};

  void waiting(String what, String state, Duration waited, Duration limit);
}
