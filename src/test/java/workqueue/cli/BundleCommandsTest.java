package workqueue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.bundle.Bundle;

class BundleCommandsTest {
  @TempDir Path folder;

  /** A bundle of a run of which one scenario is recorded, and comes to VALID. */
  private Path bundle(String name, String said) throws IOException {
    Path reports = Files.createDirectories(folder.resolve(name));
    Histories.write(
        Files.createDirectories(reports.resolve("histories")).resolve("outcome.told.ndjson"),
        "VALID");
    Files.writeString(
        reports.resolve("result.json"),
        """
        {"verdict": "%1$s", "scenarios": [{"id": "outcome.told", "verdict": "%1$s",
          "environment": {"cluster": {"version": "v1.37.2"}},
          "history": "histories/outcome.told.ndjson"}]}
        """
            .formatted(said));
    Path file = folder.resolve(name + ".tgz");
    Bundle.of(reports).write(file);
    return file;
  }

  private Called verify(Path file) {
    return Called.with(
        "conformance", "verify", "--reports", folder.resolve("r").toString(), file.toString());
  }

  @Test
  void judgesAgainWhatABundleSays() throws IOException {
    Path file = bundle("sound", "VALID");
    assertThat(verify(file))
        .isEqualTo(
            new Called(
                0,
                """
                %s is whole: 3 files, as their hashes say
                Judged again: 1 scenarios come to what the bundle says, VALID
                """
                    .formatted(file),
                ""));
  }

  @Test
  void tellsABundleThatSaysWhatItsHistoriesDoNot() throws IOException {
    Path file = bundle("forged", "INVALID");
    assertThat(verify(file))
        .isEqualTo(
            new Called(
                1,
                """
                %s is whole: 3 files, as their hashes say
                Judged again, its histories come to something else than the bundle says:
                  outcome.told: INVALID → VALID
                """
                    .formatted(file),
                ""));
  }

  @Test
  void endsWith1WhereOneByteWasChanged() throws IOException {
    Path file = bundle("changed", "VALID");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Called called = verify(file);
    assertThat(called.code()).isEqualTo(1);
    assertThat(called.err()).startsWith(file + " was changed, or is no bundle: ");
    assertThat(folder.resolve("r")).doesNotExist();
  }

  @Test
  void endsWith2WhereThereIsNoBundle() {
    Path nowhere = folder.resolve("nowhere.tgz");
    assertThat(verify(nowhere))
        .isEqualTo(
            Called.refused(
                "Cannot read the bundle %s: NoSuchFileException: %s%n"
                    .formatted(nowhere, nowhere)));
  }

  @Test
  void saysWhatDiffers() throws IOException {
    Path before = bundle("before", "VALID");
    Path after = bundle("after", "INVALID");
    assertThat(Called.with("conformance", "diff", before.toString(), after.toString()))
        .isEqualTo(
            new Called(
                1,
                """
                %s: VALID, Kubernetes v1.37.2
                %s: INVALID, Kubernetes v1.37.2
                  outcome.told: VALID → INVALID
                1 differ, 0 are the same
                """
                    .formatted(before, after),
                ""));
    assertThat(Called.with("conformance", "diff", before.toString(), before.toString()).code())
        .isZero();
    assertThat(Called.with("conformance", "diff", before.toString()))
        .isEqualTo(
            Called.refused(
                "diff lacks <after>.%nHelp: java -jar work-queue.jar conformance diff --help%n"
                    .formatted()));
  }

  @Test
  void saysWhichCommandsThereAre() {
    assertThat(Called.with("conformance").err()).startsWith("A command is missing: ");
    assertThat(Called.with("conformance", "verfy").err())
        .startsWith("verfy is no command. Did you mean verify?");
  }
}
