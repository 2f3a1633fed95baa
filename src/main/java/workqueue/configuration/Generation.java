package workqueue.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A Kubernetes with the broker of its time: of two that are far apart, the one or the other. */
public enum Generation {
  NEWEST,
  OLDEST;

  /** The word that parameters and {@code images.properties} use. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The generation of this word. */
  public static Optional<Generation> of(String text) {
    return Arrays.stream(values()).filter(each -> each.text().equals(text)).findFirst();
  }

  static List<String> texts() {
    return Arrays.stream(values()).map(Generation::text).toList();
  }
}
