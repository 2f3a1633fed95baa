package workqueue.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixturesFolderTest {
  private static final int SCRIPT = 0100755;
  private static final int TEXT = 0100644;

  @TempDir Path folder;

  private static byte[] archive(String name, int mode, String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream archive = new TarArchiveOutputStream(bytes)) {
      byte[] text = content.getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setMode(mode);
      entry.setSize(text.length);
      archive.putArchiveEntry(entry);
      archive.write(text);
      archive.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private void unpack(byte[] archive) throws IOException {
    FixturesFolder.unpack(new ByteArrayInputStream(archive), folder);
  }

  @Test
  void isTheCheckoutsOwnOutsideOfTheJar() {
    assertThat(FixturesFolder.root()).isEqualTo(Path.of("fixtures"));
    assertThat(FixturesFolder.images()).isEqualTo(Path.of("fixtures/images.properties"));
    assertThat(FixturesFolder.bootstrap()).isEqualTo("fixtures/bootstrap");
  }

  @Test
  void unpacksWithModes() throws IOException {
    unpack(archive("worker/run", SCRIPT, "#!/bin/sh\n"));
    unpack(archive("worker/text", TEXT, "text\n"));
    assertThat(folder.resolve("worker/run")).hasContent("#!/bin/sh\n").isExecutable();
    assertThat(folder.resolve("worker/text")).hasContent("text\n");
    assertThat(Files.isExecutable(folder.resolve("worker/text"))).isFalse();
    try (var files = Files.list(folder.resolve("worker"))) {
      assertThat(files.map(each -> each.getFileName().toString()).toList())
          .containsExactlyInAnyOrderElementsOf(List.of("run", "text"));
    }
  }

  @Test
  void writesWhatWasChangedAndNothingElse() throws IOException {
    byte[] archive = archive("job.yaml", TEXT, "kind: Job\n");
    unpack(archive);
    Path file = folder.resolve("job.yaml");
    FileTime longAgo = FileTime.fromMillis(0);
    Files.setLastModifiedTime(file, longAgo);
    Path other = Files.createFile(folder.resolve("images.properties"));
    unpack(archive);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);
    assertThat(other).exists();
    Files.writeString(file, "kind: Pod\n");
    unpack(archive);
    assertThat(file).hasContent("kind: Job\n");
  }

  @Test
  void writesNothingOutside() throws IOException {
    byte[] archive = archive("../outside", TEXT, "x");
    assertThatThrownBy(() -> unpack(archive))
        .isInstanceOf(IOException.class)
        .hasMessage("../outside lies outside");
    assertThat(folder.resolveSibling("outside")).doesNotExist();
  }
}
