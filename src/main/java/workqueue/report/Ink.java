package workqueue.report;

import java.io.Console;
import java.util.Map;
import workqueue.checker.claim.Verdict;

/** Colours words on a terminal, and leaves them alone elsewhere. */
enum Ink {
  COLOURED,
  PLAIN;

  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String RED = "\u001b[31m";
  private static final String OFF = "\u001b[0m";

  static Ink detect() {
    return of(isTerminal(), System.getenv());
  }

  /** Whether a person looks at what this JVM prints. */
  static boolean isTerminal() {
    return isTerminal(System.console());
  }

  /** From JDK 22 on there may be a console without a terminal, and a method that tells. */
  private static boolean isTerminal(Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException olderJdk) {
      return true;
    }
  }

  /** Colours only where a person looks, and only if that person did not say no (no-color.org). */
  static Ink of(boolean terminal, Map<String, String> environment) {
    return terminal && environment.getOrDefault("NO_COLOR", "").isEmpty() ? COLOURED : PLAIN;
  }

  String of(Verdict verdict, String word) {
    return switch (verdict) {
      case VALID -> paint(GREEN, word);
      case UNKNOWN -> paint(YELLOW, word);
      case INVALID -> paint(RED, word);
    };
  }

  String of(StepResult.Status status) {
    return switch (status) {
      case PASSED -> paint(GREEN, status.word());
      case NOT_RUN -> paint(YELLOW, status.word());
      case FAILED -> paint(RED, status.word());
    };
  }

  private String paint(String colour, String word) {
    return this == PLAIN ? word : colour + word + OFF;
  }
}
