package workqueue.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How closely a cluster is looked at. */
public enum ConformanceMode {
  /** Nothing is made: what stands against the pattern, in seconds. */
  PREFLIGHT,
  /** One broker and one Job prove it, in minutes. */
  QUICK,
  /** What takes longer is tried as well, one thing after the other. */
  FULL;

  /** The name that parameters use, for example {@code preflight}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The mode of this name. */
  public static Optional<ConformanceMode> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  /** All names. */
  public static List<String> words() {
    return Arrays.stream(values()).map(ConformanceMode::word).toList();
  }
}
