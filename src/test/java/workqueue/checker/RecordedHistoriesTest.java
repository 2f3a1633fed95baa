package workqueue.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workqueue.history.History;
import workqueue.history.HistoryFile;

/** Holds histories that were recorded on a real cluster against the verdicts they must get. */
class RecordedHistoriesTest {
  private static final Path FOLDER = Path.of("src/test/resources/histories");

  static Stream<Path> histories() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("histories")
  void getsTheVerdictsItWasRecordedWith(Path file) {
    History history = HistoryFile.read(file);
    Judged judged = Judge.judge(history);
    assertThat(judged.judgements()).hasSameSizeAs(history.header().claims()).isNotEmpty();
    assertThat(judged.trouble()).isEmpty();
    assertThat(judged.verdict()).as(judged.message()).isEqualTo(Verdict.VALID);
  }

  /** What is claimed of a history says which causes it must yield: none may yield another's. */
  @ParameterizedTest
  @MethodSource("histories")
  void yieldsNoOtherCause(Path file) {
    History history = HistoryFile.read(file);
    Set<String> claimed =
        history.header().claims().stream()
            .filter(claim -> claim.claim().equals("diagnosedAs"))
            .flatMap(claim -> Stream.of(claim.parameters().get("codes")))
            .map(Object::toString)
            .collect(Collectors.toSet());
    assertThat(claimed)
        .containsExactly(
            Diagnosis.of(history).roots().stream().map(Enum::name).sorted().toList().toString());
  }

  @ParameterizedTest
  @MethodSource("histories")
  void tellsNoPassword(Path file) throws IOException {
    assertThat(Files.readString(file)).doesNotContainPattern("://[^:/@ ]*:(?!\\*\\*\\*@)[^@/ ]*@");
  }

  @Test
  void thereIsOneOfEachOutcome() throws IOException {
    assertThat(histories()).hasSizeGreaterThan(25);
  }
}
