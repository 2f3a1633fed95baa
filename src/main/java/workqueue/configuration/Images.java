package workqueue.configuration;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;

/**
 * The images that a run uses, as {@code fixtures/bootstrap} left them, or the pinned public ones.
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

  /** The pinned public images; {@code fixtures/bootstrap} pins the same. */
  public static final Images PINNED =
      new Images(
          Source.REGISTRY,
          "ubuntu:18.04",
          "ubuntu:22.04",
          "rancher/k3s:v1.36.2-k3s1",
          "rabbitmq:4.3.1-management",
          "registry:2");

  private static final String FILE = "images.properties";
  private static final String SOURCE = "source";
  private static final List<String> KEYS =
      List.of(
          "base.image.classic",
          "base.image.current",
          "cluster.image",
          "broker.image",
          "registry.image");

  /** Where images come from. */
  public enum Source {
    /** A registry: the images as any user has them. */
    REGISTRY("registry"),
    /** Built on this machine from Debian packages. */
    DEBIAN("debian");

    private final String text;

    Source(String text) {
      this.text = text;
    }

    /** The word that the properties file uses. */
    public String text() {
      return text;
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

  /**
   * Reads {@code images.properties} of a folder of fixtures; where there is none, the pinned public
   * images are used.
   *
   * @throws EnvironmentTrouble if the file is damaged
   */
  public static Images in(Path fixtures) {
    Path file = fixtures.resolve(FILE);
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException absent) {
      return PINNED;
    } catch (IOException | IllegalArgumentException unreadable) {
      throw damaged(file, "it cannot be read: " + reason(unreadable), unreadable);
    }
    List<String> missing =
        Stream.concat(Stream.of(SOURCE), KEYS.stream())
            .filter(key -> properties.getProperty(key, "").isBlank())
            .toList();
    if (!missing.isEmpty()) {
      throw damaged(file, "it lacks " + String.join(", ", missing), null);
    }
    List<String> names = KEYS.stream().map(key -> properties.getProperty(key).trim()).toList();
    try {
      return new Images(
          source(properties.getProperty(SOURCE).trim()),
          names.get(0),
          names.get(1),
          names.get(2),
          names.get(3),
          names.get(4));
    } catch (IllegalArgumentException nonsense) {
      throw damaged(file, nonsense.getMessage(), nonsense);
    }
  }

  private static Source source(String text) {
    return Stream.of(Source.values())
        .filter(each -> each.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "its source is " + text + ", neither registry nor debian"));
  }

  private static String reason(Exception unreadable) {
    return unreadable instanceof CharacterCodingException
        ? "it is no UTF-8 text"
        : unreadable.getMessage();
  }

  private static EnvironmentTrouble damaged(Path file, String what, Exception cause) {
    return new EnvironmentTrouble(
        "%s, which says which images to use, is damaged: %s.\nWrite it anew:\n  %s"
            .formatted(file, what, file.resolveSibling("bootstrap")),
        cause);
  }
}
