package workqueue.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.Item;
import workqueue.history.Payload;

class DataSetTest {
  private static String text(DataFile file) throws Exception {
    try (InputStream content = file.open()) {
      return new String(content.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void cutsAllOfItsFilesIntoParts() {
    assertThat(DataSet.of(2, 5).parts(4))
        .extracting(Item::preview)
        .containsExactly("numbers-1 1-2", "numbers-1 3-5", "numbers-2 1-2", "numbers-2 3-5");
    assertThatThrownBy(() -> DataSet.of(2, 5).parts(3))
        .hasMessage("3 parts cannot be had of 2 files, each as many.");
  }

  @Test
  void digestsWhatIsInItsFiles() throws Exception {
    DataSet data = DataSet.of(2, 5);
    String text = text(data.files().get(0));
    assertThat(text).hasSize(5 * DataFile.LINE);
    assertThat(text.lines()).hasSize(5).doesNotHaveDuplicates();
    List<String> lines = Arrays.asList(text.split("(?<=\n)"));
    assertThat(data.digests(4))
        .hasSize(6)
        .containsEntry("numbers-1", Payload.of(text).digest())
        .containsEntry("numbers-1 3-5", Payload.of(String.join("", lines.subList(2, 5))).digest());
  }

  @Test
  void hasOtherNumbersForAnotherSeed() throws Exception {
    assertThat(text(DataSet.of(1, 3, 2).files().get(0)))
        .isNotEqualTo(text(DataSet.of(1, 3).files().get(0)));
    assertThat(text(DataSet.of(1, 3).files().get(0)))
        .isEqualTo(text(DataSet.of(1, 3).files().get(0)));
  }

  @Test
  void namesTheRemedyWhereNodesAreNotTouched() {
    assertThat(DataVolumes.noNodes())
        .isEqualTo(
            """
            The data cannot be put on the nodes of a cluster that exists: they are not touched.
            Remedy: run this scenario without wq.cluster, in a throwaway cluster.""");
  }
}
