package workqueue.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import workqueue.Items;
import workqueue.checker.HistoryBuilder;

class HistoryFileTest {
  @Test
  void whatIsReadIsWrittenAgainByteForByte() {
    History history = HistoryBuilder.soundRun(Items.ofTutorial()).history();
    String text = HistoryFile.toText(history);

    History read = HistoryFile.fromText("a.ndjson", text);

    assertThat(read).isEqualTo(history);
    assertThat(HistoryFile.toText(read)).isEqualTo(text);
  }
}
