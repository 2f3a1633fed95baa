package workqueue.report;

import java.util.Optional;

/**
 * One thing that the worker at the gate does, whether that breaks a rule or not.
 *
 * @param what for example {@code on SIGTERM}
 * @param shown how it was seen to do it, for example {@code exits 143 within 1 s}
 * @param before how the worker of the baseline did it, where that was otherwise
 */
public record Trait(String what, String shown, Optional<String> before) {

  /** That it is done otherwise than before, in a sentence. */
  Optional<String> change() {
    return before.map(was -> "%s: %s, and before: %s".formatted(what, shown, was));
  }
}
