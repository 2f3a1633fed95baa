package workqueue.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The images that a run uses.
 *
 * @param source where they come from
 * @param classicBase what the worker of the classic edition is built on
 * @param currentBase what the worker of the current edition is built on
 * @param cluster a node of the throwaway cluster
 * @param broker the broker, with the management plugin
 * @param registry the registry beside the cluster
 */
public record Images(
    Source source,
    String classicBase,
    String currentBase,
    String cluster,
    String broker,
    String registry) {

  /** Where images come from. */
  public enum Source {
    /** A registry: the images as any user has them. */
    REGISTRY,
    /** Built on this machine from Go modules and Debian packages. */
    MODULES,
    /** Built on this machine from Debian packages. */
    DEBIAN;

    /** The word that the properties file uses. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The source of this word. */
    static Optional<Source> of(String text) {
      return Arrays.stream(values()).filter(each -> each.text().equals(text)).findFirst();
    }
  }

  public Images {
    Objects.requireNonNull(source);
    for (String name : List.of(classicBase, currentBase, cluster, broker, registry)) {
      if (!ImageName.isValid(name)) {
        throw new IllegalArgumentException(name + " is not the name of an image");
      }
    }
  }
}
