package workqueue.conformance;

import java.util.Locale;

/** How much a check counts. */
public enum Level {
  /** The pattern does not run without it: it decides the verdict. */
  REQUIRED,
  /** It is told, and fails nothing. */
  RECOMMENDED,
  /** It is told, and is nobody's fault. */
  INFORMATIONAL;

  /** The name in results and tables, for example {@code required}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
