package workqueue.configuration;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;

/**
 * The images of each generation, as {@code fixtures/bootstrap} left them, or the pinned public
 * ones.
 *
 * @param sets of those generations that are there; one at least
 * @param absent why one is not, where that is known
 */
public record AvailableImages(Map<Generation, Images> sets, Map<Generation, String> absent) {

  /** The pinned public images; {@code fixtures/bootstrap} pins the same. */
  public static final AvailableImages PINNED =
      new AvailableImages(
          Map.of(
              Generation.NEWEST, pinned("rancher/k3s:v1.36.2-k3s1", "rabbitmq:4.3.1-management"),
              Generation.OLDEST, pinned("rancher/k3s:v1.20.15-k3s1", "rabbitmq:3.10-management")),
          Map.of());

  private static final String FILE = "images.properties";
  private static final String SOURCE = "source";
  private static final List<String> KEYS =
      List.of(
          SOURCE,
          "base.image.classic",
          "base.image.current",
          "cluster.image",
          "broker.image",
          "registry.image");

  public AvailableImages {
    sets = Map.copyOf(sets);
    absent = Map.copyOf(absent);
    if (sets.isEmpty()) {
      throw new IllegalArgumentException("it names no images");
    }
  }

  private static Images pinned(String cluster, String broker) {
    return new Images(
        Images.Source.REGISTRY, "ubuntu:18.04", "ubuntu:22.04", cluster, broker, "registry:2");
  }

  /**
   * Reads {@code images.properties} of a folder of fixtures; where there is none, the pinned public
   * images are used.
   *
   * @throws EnvironmentTrouble if the file is damaged
   */
  public static AvailableImages in(Path fixtures) {
    return of(fixtures.resolve(FILE), fixtures.resolve("bootstrap").toString());
  }

  /**
   * The same, of the fixtures that this harness has.
   *
   * @throws EnvironmentTrouble if the file is damaged
   */
  public static AvailableImages here() {
    return of(FixturesFolder.images(), FixturesFolder.bootstrap());
  }

  private static AvailableImages of(Path file, String bootstrap) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException none) {
      return PINNED;
    } catch (IOException | IllegalArgumentException unreadable) {
      throw damaged(file, bootstrap, "it cannot be read: " + reason(unreadable), unreadable);
    }
    try {
      return read(properties);
    } catch (IllegalArgumentException nonsense) {
      throw damaged(file, bootstrap, nonsense.getMessage(), nonsense);
    }
  }

  private static AvailableImages read(Properties properties) {
    Map<Generation, Images> sets = new EnumMap<>(Generation.class);
    Map<Generation, String> absent = new EnumMap<>(Generation.class);
    List<String> missing = new ArrayList<>();
    for (Generation generation : Generation.values()) {
      String prefix = generation.text() + ".";
      Optional.ofNullable(properties.getProperty(prefix + "absent"))
          .ifPresent(reason -> absent.put(generation, reason.trim()));
      if (properties.stringPropertyNames().stream()
          .noneMatch(each -> KEYS.stream().anyMatch(key -> each.equals(prefix + key)))) {
        continue;
      }
      List<String> values =
          KEYS.stream().map(key -> properties.getProperty(prefix + key, "").trim()).toList();
      if (values.contains("")) {
        KEYS.stream()
            .filter(key -> properties.getProperty(prefix + key, "").isBlank())
            .forEach(key -> missing.add(prefix + key));
        continue;
      }
      sets.put(
          generation,
          new Images(
              source(values.get(0)),
              values.get(1),
              values.get(2),
              values.get(3),
              values.get(4),
              values.get(5)));
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("it lacks " + String.join(", ", missing));
    }
    return new AvailableImages(sets, absent);
  }

  /** Those of the newest generation that is there. */
  public Images newest() {
    return Stream.of(Generation.values())
        .map(sets::get)
        .filter(each -> each != null)
        .findFirst()
        .orElseThrow();
  }

  /**
   * Those of this generation.
   *
   * @throws Mistake if they are not there
   */
  Images of(Generation generation) {
    return Optional.ofNullable(sets.get(generation))
        .orElseThrow(
            () ->
                new Mistake(
                    "its images are not there%s. Get them by fixtures/bootstrap --kubernetes %s, or leave the parameter out."
                        .formatted(
                            Optional.ofNullable(absent.get(generation))
                                .map(": when fixtures/bootstrap ran, "::concat)
                                .orElse(""),
                            generation.text())));
  }

  private static Images.Source source(String text) {
    return Images.Source.of(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "its source is " + text + ", none of registry, modules and debian"));
  }

  private static String reason(Exception unreadable) {
    return unreadable instanceof CharacterCodingException
        ? "it is no UTF-8 text"
        : unreadable.getMessage();
  }

  private static EnvironmentTrouble damaged(
      Path file, String bootstrap, String what, Exception cause) {
    return new EnvironmentTrouble(
        "%s, which says which images to use, is damaged: %s.\nWrite it again:\n  %s"
            .formatted(file, what, bootstrap),
        cause);
  }
}
