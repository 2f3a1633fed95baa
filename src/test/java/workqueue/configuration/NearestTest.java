package workqueue.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  @ParameterizedTest
  @CsvSource({"'','',0", "a,'',1", "'',ab,2", "keep,kep,1", "kitten,sitting,3", "same,same,0"})
  void countsEdits(String from, String to, int edits) {
    assertThat(Nearest.edits(from, to)).isEqualTo(edits);
    assertThat(Nearest.edits(to, from)).isEqualTo(edits);
  }

  @ParameterizedTest
  @CsvSource({
    "wq.kep,wq.keep",
    "wq.WORKER.SECONDS,wq.worker.seconds",
    "wq.timeoutscale,wq.timeout.scale",
    "wq.worker.second,wq.worker.seconds",
    "wq.cluster.node,wq.cluster.nodes",
    "wq.completion,wq.completions"
  })
  void findsTheParameterThatWasMeant(String written, String meant) {
    assertThat(Nearest.of(written, Parameter.keys())).isEqualTo(meant);
  }

  @Test
  void takesTheFirstOfEquals() {
    assertThat(Nearest.of("x", List.of("a", "b"))).isEqualTo("a");
  }

  @Test
  void needsACandidate() {
    assertThatThrownBy(() -> Nearest.of("x", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Nothing to choose from for x.");
  }
}
