package workqueue.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** When namespaces and containers outlive their scenario. */
public enum Keep {
  NEVER("never"),
  ON_FAILURE("on-failure"),
  ALWAYS("always");

  private final String text;

  Keep(String text) {
    this.text = text;
  }

  /** The value as one writes it, for example {@code on-failure}. */
  public String text() {
    return text;
  }

  /** Whether what a scenario used is kept. */
  public boolean keeps(boolean failed) {
    return this == ALWAYS || (this == ON_FAILURE && failed);
  }

  static Optional<Keep> of(String text) {
    return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
  }

  static List<String> texts() {
    return Arrays.stream(values()).map(Keep::text).toList();
  }
}
