package workqueue.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;

class HistoryFilesTest {
  @TempDir Path folder;

  @Test
  void takesOneFileOrAllOfAFolder() throws IOException {
    Path below = Files.createDirectories(folder.resolve("b"));
    Path second = Files.createFile(below.resolve("outcome.exact.ndjson"));
    Path first = Files.createFile(folder.resolve("a.ndjson"));
    Files.createFile(folder.resolve("result.json"));
    assertThat(HistoryFiles.of(folder)).containsExactly(first, second);
    assertThat(HistoryFiles.of(second)).containsExactly(second);
  }

  @Test
  void saysThatAFolderHoldsNone() {
    assertThatThrownBy(() -> HistoryFiles.of(folder))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            "There is no history, no file *.ndjson, in %s.%nRemedy: run a suite, for example mvn"
                    .formatted(folder)
                + " verify -Poutcome.");
  }
}
