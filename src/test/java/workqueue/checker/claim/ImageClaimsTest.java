package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.claim.Claims.isForTheNodes;
import static workqueue.checker.claim.Claims.weighsAtMost;
import static workqueue.checker.diagnosis.Situations.begun;

import org.junit.jupiter.api.Test;
import workqueue.history.HarnessEvent.ImageInspected;
import workqueue.history.HistoryBuilder;
import workqueue.history.Source;

class ImageClaimsTest {
  private static final long MEBIBYTE = 1 << 20;

  @Test
  void anImageForTheNodesThatIsNotTooBig() {
    HistoryBuilder told = inspected("amd64", 200 * MEBIBYTE).node("node-1", "True");
    assertThat(isForTheNodes().judge(told.history())).isEqualTo(Conclusion.valid());
    assertThat(weighsAtMost(200).judge(told.history())).isEqualTo(Conclusion.valid());
  }

  @Test
  void anImageForOtherMachines() {
    HistoryBuilder told = inspected("arm64", 1).node("node-1", "True");
    Conclusion conclusion = isForTheNodes().judge(told.history());
    assertThat(conclusion.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(conclusion.explanation())
        .isEqualTo(
            """
            the worker's image is for the nodes' architecture: worker:1 is for arm64
              expected:   amd64
              actual:     arm64
              remedy:     docker build --platform linux/amd64 .""");
  }

  @Test
  void anImageThatIsTooBig() {
    Conclusion conclusion = weighsAtMost(1024).judge(inspected("amd64", 1025 * MEBIBYTE).history());
    assertThat(conclusion.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(conclusion.explanation())
        .isEqualTo(
            """
            the worker's image has at most 1024 MiB: worker:1 has 1025 MiB
              expected:   at most 1024 MiB, unpacked
              actual:     1025 MiB
              remedy:     docker history worker:1""");
  }

  @Test
  void cannotBeToldOfWhatWasNotLookedAt() {
    assertThat(weighsAtMost(1024).judge(begun().history()).explanation())
        .isEqualTo(
            """
            the worker's image has at most 1024 MiB: cannot be told
              expected:   an image that was looked at
              actual:     none""");
    assertThat(isForTheNodes().judge(begun().node("node-1", "True").history()).explanation())
        .isEqualTo(
            """
            the worker's image is for the nodes' architecture: cannot be told
              expected:   an image that was looked at, and the nodes' architecture
              actual:     no image""");
    assertThat(isForTheNodes().judge(inspected("amd64", 1).history()).explanation())
        .endsWith("actual:     no architecture of a node");
  }

  private static HistoryBuilder inspected(String architecture, long bytes) {
    return begun().add(Source.HARNESS, new ImageInspected("worker:1", architecture, bytes));
  }
}
