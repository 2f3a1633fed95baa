package workqueue.walkthrough;

import java.util.Objects;

/** Compares what a step shows with what is documented. */
final class Expect {
  private Expect() {}

  static void equal(String what, Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw new StepFailed(
          "%s is not as documented.%nExpected: %s%nActual:   %s".formatted(what, expected, actual));
    }
  }

  static void that(boolean holds, String what, Object seen) {
    if (!holds) {
      throw new StepFailed("Expected %s.%nSeen: %s".formatted(what, seen));
    }
  }
}
