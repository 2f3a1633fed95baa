package workqueue.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import workqueue.EnvironmentTrouble;

class LineDialogueTest {
  private final ByteArrayOutputStream input = new ByteArrayOutputStream();
  private final LineDialogue dialogue = new LineDialogue("rabbitmqctl", "answer: ");

  @BeforeEach
  void connect() {
    dialogue.asksBy(input);
  }

  private void prints(String text) {
    dialogue.prints(text.getBytes(StandardCharsets.UTF_8));
  }

  private void complains(String text) {
    dialogue.complains(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theAnswerIsTheNextLineThatIsMarkedHoweverItIsCut() {
    CompletableFuture<String> answer = dialogue.ask("how many?");
    prints("a greeting\nans");
    assertThat(answer).isNotDone();
    prints("wer: 3 0");
    complains("answer: a complaint\n");
    prints(" 1\nmore");

    assertThat(answer).isCompletedWithValue("3 0 1");
    assertThat(input.toString(StandardCharsets.UTF_8)).isEqualTo("how many?\n");
  }

  @Test
  void itsEndIsToldToWhoWaitsAndToWhoAsksLater() {
    CompletableFuture<String> waiting = dialogue.ask("how many?");
    complains("Error: unable to perform an operation\n");
    dialogue.ends(null);

    assertThatThrownBy(waiting::join)
        .hasCauseInstanceOf(EnvironmentTrouble.class)
        .cause()
        .hasMessage("rabbitmqctl ended beside the broker: Error: unable to perform an operation");
    assertThat(dialogue.ask("and now?")).isCompletedExceptionally();
  }
}
