package workqueue.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.Item;
import workqueue.Items;
import workqueue.history.HistoryBuilder;
import workqueue.history.Payload;
import workqueue.history.Source;
import workqueue.history.WireEvent.Delivered;
import workqueue.history.WireEvent.Rejected;
import workqueue.waiting.Sight;

class FailureTrialsTest {
  private static final List<Item> ONE = Items.ofTutorial(1);

  /** Longer than any clock of a test is behind that of the machine. */
  private static final Duration NEVER = Duration.ofDays(100_000);

  private static HistoryBuilder connected() {
    HistoryBuilder told = new HistoryBuilder().publish(ONE).job(1, 1).starts("pod-0").jobStatus();
    return told.connects("pod-0");
  }

  private static HistoryBuilder given() {
    return connected().delivers("pod-0", ONE.get(0), false);
  }

  private static boolean done(HistoryBuilder told, Duration atWork) {
    return FailureTrials.done(told.history(), HistoryBuilder.QUEUE, atWork) instanceof Sight.Found;
  }

  @Test
  void aServingWorkerIsAtWorkOnTheItemThatItWasGiven() {
    assertThat(done(connected(), NEVER)).isFalse();
    assertThat(done(given(), NEVER)).isFalse();
  }

  @Test
  void itIsDoneOnceItSettledIt() {
    assertThat(done(given().acks("pod-0"), NEVER)).isTrue();
    HistoryBuilder rejected = given();
    rejected.add(Source.WIRE, new Rejected("to-pod-0", 1, 1, true, false));
    assertThat(done(rejected, NEVER)).isTrue();
    HistoryBuilder withoutAcks = connected();
    withoutAcks.add(
        Source.WIRE,
        new Delivered(
            "to-pod-0", 1, 1, HistoryBuilder.QUEUE, false, false, Payload.of(ONE.get(0))));
    assertThat(done(withoutAcks, NEVER)).isTrue();
    assertThat(done(given().depth(0, 0, 1), NEVER)).isTrue();
    assertThat(done(given().depth(0, 1, 1), NEVER)).isFalse();
  }

  @Test
  void thatItsQueueWasEmptyBeforeItWasFilledTellsNothing() {
    HistoryBuilder told = new HistoryBuilder().depth(0, 0, 0).publish(ONE);
    assertThat(done(told.job(1, 1).starts("pod-0").jobStatus(), NEVER)).isFalse();
  }

  @Test
  void itIsDoneOnceItEndedWithIt() {
    assertThat(done(given().restarts("pod-0", 1, "Error"), NEVER)).isTrue();
  }

  @Test
  void itIsNotWaitedForForever() {
    assertThat(done(given(), Duration.ZERO)).isTrue();
  }
}
