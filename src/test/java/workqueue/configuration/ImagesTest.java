package workqueue.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;

class ImagesTest {
  private static final String WHOLE =
      """
      # Written by fixtures/bootstrap.
      source=debian
      base.image.classic=work-queue/base:1
      base.image.current=work-queue/base:2
      cluster.image=work-queue/node:3
      broker.image=work-queue/broker:4
      registry.image=work-queue/registry:5
      """;

  @TempDir Path fixtures;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = fixtures.resolve("images.properties");
  }

  @Test
  void readsWhatBootstrapLeft() throws IOException {
    Files.writeString(file, WHOLE);
    assertThat(Images.in(fixtures))
        .isEqualTo(
            new Images(
                Images.Source.DEBIAN,
                "work-queue/base:1",
                "work-queue/base:2",
                "work-queue/node:3",
                "work-queue/broker:4",
                "work-queue/registry:5"));
  }

  @Test
  void takesThePinnedPublicImagesWhereBootstrapLeftNothing() {
    assertThat(Images.in(fixtures))
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
        file, WHOLE.replace("cluster.image=work-queue/node:3\n", "").replace("debian", " "));
    assertDamaged("it lacks source, cluster.image");
  }

  @Test
  void saysThatAnEmptyFileLacksEverything() throws IOException {
    Files.writeString(file, "");
    assertDamaged(
        "it lacks source, base.image.classic, base.image.current, cluster.image, broker.image,"
            + " registry.image");
  }

  @Test
  void namesAnUnknownSource() throws IOException {
    Files.writeString(file, WHOLE.replace("debian", "moon"));
    assertDamaged("its source is moon, neither registry nor debian");
  }

  @Test
  void namesWhatIsNoImage() throws IOException {
    Files.writeString(file, WHOLE.replace("work-queue/broker:4", "Broker 4"));
    assertDamaged("Broker 4 is not the name of an image");
  }

  @Test
  void saysThatAnEscapeIsMalformed() throws IOException {
    Files.writeString(file, WHOLE + "x=\\u00g0\n");
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
    assertThatThrownBy(() -> Images.in(fixtures))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            "%s, which says which images to use, is damaged: %s.\nWrite it anew:\n  %s/bootstrap"
                .formatted(file, what, fixtures));
  }
}
