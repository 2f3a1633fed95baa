package workqueue.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judged;
import workqueue.history.History;
import workqueue.history.HistoryFile;

/** Judges all of the corpus again. */
class CorpusTest {
  private static final Corpus CORPUS = new Corpus(Path.of("src/test/resources/corpus"));
  private static final long LIMIT = 15_000_000;

  static Stream<Path> histories() {
    return CORPUS.histories().stream();
  }

  static Stream<Path> versions() {
    return CORPUS.versions().stream();
  }

  @ParameterizedTest
  @MethodSource("histories")
  void comesToWhatItCameToWhenItWasRecorded(Path kept) {
    String name = Corpus.name(kept);
    History history = HistoryFile.fromText(kept.toString(), Corpus.text(kept));
    Judged judged = Judge.judge(history);
    List<Statement> expected = Expectations.in(kept.getParent()).getOrDefault(name, List.of());
    List<String> differences =
        Differences.between(
            kept.getParent().getFileName() + "/" + name,
            expected,
            Statement.of(name, history, judged));
    assertThat(differences).as("what differs; see CONTRIBUTING.md, The corpus").isEmpty();
    assertThat(judged.trouble()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("histories")
  void tellsNoPassword(Path kept) {
    assertThat(Corpus.text(kept)).doesNotContainPattern("://[^:/@ ]*:(?!\\*\\*\\*@)[^@/ ]*@");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void holdsAHistoryForEachExpectation(Path version) {
    List<String> names =
        histories().filter(kept -> kept.startsWith(version)).map(Corpus::name).toList();
    assertThat(Expectations.in(version).keySet())
        .as("expectations in %s without a history", version)
        .filteredOn(name -> !names.contains(name))
        .isEmpty();
  }

  @Test
  void holdsHistoriesOfBothGenerations() {
    assertThat(versions().map(version -> version.getFileName().toString()))
        .contains("1.20.2", "1.37.2");
    assertThat(versions())
        .allSatisfy(
            version ->
                assertThat(histories().filter(kept -> kept.startsWith(version)))
                    .hasSizeGreaterThan(50));
  }

  @Test
  void staysSmallEnoughForARepository() throws IOException {
    long bytes = 0;
    for (Path kept : CORPUS.histories()) {
      bytes += Files.size(kept);
    }
    assertThat(bytes).isLessThan(LIMIT);
  }
}
