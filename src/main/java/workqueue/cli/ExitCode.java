package workqueue.cli;

import java.util.Optional;
import workqueue.checker.claim.Verdict;

/** What a command ends with; {@code fixtures/verdict} ends with the same. */
final class ExitCode {
  static final int VALID = 0;
  static final int INVALID = 1;

  /** Also of input that cannot be used. */
  static final int UNKNOWN = 2;

  private ExitCode() {}

  /** That of a run's verdict; of none it is UNKNOWN. */
  static int of(Optional<Verdict> verdict) {
    return switch (verdict.orElse(Verdict.UNKNOWN)) {
      case VALID -> VALID;
      case INVALID -> INVALID;
      case UNKNOWN -> UNKNOWN;
    };
  }
}
