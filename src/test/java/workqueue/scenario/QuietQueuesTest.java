package workqueue.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.history.HistoryBuilder.QUEUE;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import workqueue.Items;
import workqueue.history.HistoryBuilder;
import workqueue.history.Source;
import workqueue.history.WireEvent.QueueFoundEmpty;

class QuietQueuesTest {

  @Test
  void asksWhenAnEmptyQueueHasBeenQuietForAWhile() {
    HistoryBuilder told = idle().depthByAmqp(0, 2);
    assertThat(toAsk(told, 1)).isFalse();
    assertThat(toAsk(told, 2)).isTrue();
  }

  @Test
  void asksAgainOnlyAboutWhatWasHeld() {
    assertThat(toAsk(idle().depth(0, 0, 2), 20)).isFalse();
    HistoryBuilder held = idle().depth(0, 1, 2);
    assertThat(toAsk(held, 4)).isFalse();
    assertThat(toAsk(held, 6)).isTrue();
  }

  @Test
  void asksAgainWhenSomethingHasChangedSince() {
    HistoryBuilder told = idle().depth(0, 0, 2).starts("pod-2").depthByAmqp(0, 3);
    assertThat(toAsk(told, 1)).isFalse();
    assertThat(toAsk(told, 2)).isTrue();
  }

  @Test
  void asksAboutAQueueThatWorkersAskForItems() {
    HistoryBuilder told = idle().depthByAmqp(0, 0);
    told.add(Source.WIRE, new QueueFoundEmpty("to-pod-0", 1, QUEUE));
    assertThat(toAsk(told, 2)).isTrue();
  }

  @Test
  void leavesAQueueAloneThatIsWorkedOn() {
    assertThat(toAsk(idle().depthByAmqp(3, 2), 20)).isFalse();
    assertThat(toAsk(idle().depthByAmqp(0, 0), 20)).isFalse();
    assertThat(toAsk(idle(), 20)).isFalse();
  }

  private static HistoryBuilder idle() {
    return new HistoryBuilder()
        .publish(Items.ofTutorial())
        .job(8, 2)
        .starts("pod-0")
        .starts("pod-1");
  }

  private static boolean toAsk(HistoryBuilder told, int seconds) {
    return QuietQueues.toAsk(told.history(), QUEUE, told.now().plus(Duration.ofSeconds(seconds)));
  }
}
