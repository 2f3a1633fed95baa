package workqueue.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;

class AvailableImagesTest {
  private static final String OLDEST =
      """
      # Written by fixtures/bootstrap.
      oldest.source=debian
      oldest.base.image.classic=work-queue/base:1
      oldest.base.image.current=work-queue/base:2
      oldest.cluster.image=work-queue/node:3
      oldest.broker.image=work-queue/broker:4
      oldest.registry.image=work-queue/registry:5
      """;
  private static final String NEWEST =
      OLDEST.replace("oldest.", "newest.").replace("debian", "modules").replace("/", "/new-");
  private static final Images OLD =
      new Images(
          Images.Source.DEBIAN,
          "work-queue/base:1",
          "work-queue/base:2",
          "work-queue/node:3",
          "work-queue/broker:4",
          "work-queue/registry:5");
  private static final Images NEW =
      new Images(
          Images.Source.MODULES,
          "work-queue/new-base:1",
          "work-queue/new-base:2",
          "work-queue/new-node:3",
          "work-queue/new-broker:4",
          "work-queue/new-registry:5");

  @TempDir Path fixtures;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = fixtures.resolve("images.properties");
  }

  @Test
  void readsBothSetsAndTakesTheNewestUnlessTold() throws IOException {
    Files.writeString(file, OLDEST + NEWEST);
    AvailableImages available = AvailableImages.in(fixtures);
    assertThat(available.sets()).isEqualTo(Map.of(Generation.NEWEST, NEW, Generation.OLDEST, OLD));
    assertThat(available.newest()).isEqualTo(NEW);
    assertThat(available.of(Generation.OLDEST)).isEqualTo(OLD);
  }

  @Test
  void takesTheOnlySetThatIsThere() throws IOException {
    Files.writeString(file, OLDEST);
    assertThat(AvailableImages.in(fixtures).newest()).isEqualTo(OLD);
  }

  @Test
  void saysHowASetThatIsNotThereIsGot() throws IOException {
    Files.writeString(file, NEWEST);
    assertThatThrownBy(() -> AvailableImages.in(fixtures).of(Generation.OLDEST))
        .hasMessage(
            "its images are not there. Get them by fixtures/bootstrap --kubernetes oldest, or leave"
                + " the parameter out.");
  }

  @Test
  void saysWhyASetIsNotThere() throws IOException {
    Files.writeString(file, OLDEST + "newest.absent=no module proxy answered\n");
    assertThatThrownBy(() -> AvailableImages.in(fixtures).of(Generation.NEWEST))
        .hasMessage(
            "its images are not there: when fixtures/bootstrap ran, no module proxy answered. Get"
                + " them by fixtures/bootstrap --kubernetes newest, or leave the parameter out.");
  }

  @Test
  void takesThePinnedPublicImagesWhereBootstrapLeftNothing() {
    assertThat(AvailableImages.in(fixtures)).isEqualTo(AvailableImages.PINNED);
    assertThat(AvailableImages.PINNED.newest())
        .isEqualTo(
            new Images(
                Images.Source.REGISTRY,
                "ubuntu:18.04",
                "ubuntu:22.04",
                "rancher/k3s:v1.36.2-k3s1",
                "rabbitmq:4.3.1-management",
                "registry:2"));
  }

  @Test
  void namesEveryKeyThatIsMissingOrEmpty() throws IOException {
    Files.writeString(
        file,
        NEWEST
            + OLDEST
                .replace("oldest.cluster.image=work-queue/node:3\n", "")
                .replace("debian", " "));
    assertDamaged("it lacks oldest.source, oldest.cluster.image");
  }

  @Test
  void saysThatAnEmptyFileNamesNothing() throws IOException {
    Files.writeString(file, "newest.absent=no module proxy answered\n");
    assertDamaged("it names no images");
  }

  @Test
  void namesAnUnknownSource() throws IOException {
    Files.writeString(file, OLDEST.replace("debian", "moon"));
    assertDamaged("its source is moon, none of registry, modules and debian");
  }

  @Test
  void namesWhatIsNoImage() throws IOException {
    Files.writeString(file, OLDEST.replace("work-queue/broker:4", "Broker 4"));
    assertDamaged("Broker 4 is not the name of an image");
  }

  @Test
  void saysThatAnEscapeIsMalformed() throws IOException {
    Files.writeString(file, OLDEST + "x=\\u00g0\n");
    assertDamaged("it cannot be read: Malformed \\uxxxx encoding.");
  }

  @Test
  void saysThatTheFileIsNoText() throws IOException {
    Files.write(file, "source=\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertDamaged("it cannot be read: it is no UTF-8 text");
  }

  @Test
  void saysThatTheFileIsAFolder() throws IOException {
    Files.createDirectory(file);
    assertDamaged("it cannot be read: Is a directory");
  }

  private void assertDamaged(String what) {
    assertThatThrownBy(() -> AvailableImages.in(fixtures))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            "%s, which says which images to use, is damaged: %s.\nWrite it again:\n  %s/bootstrap"
                .formatted(file, what, fixtures));
  }
}
