package workqueue.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import workqueue.Items;
import workqueue.history.HistoryBuilder;
import workqueue.waiting.Sight;

class BrokerTrialsTest {
  private static final Duration TRIES = Duration.ofSeconds(5);

  private static HistoryBuilder begun() {
    HistoryBuilder told = new HistoryBuilder().publish(Items.ofTutorial(1)).job(1, 1);
    return told.starts("job-wq-2-abcde").jobStatus();
  }

  private static boolean refused(HistoryBuilder told, String job) {
    return BrokerTrials.refused(told.history(), job, TRIES) instanceof Sight.Found;
  }

  @Test
  void aServingWorkerIsRefusedOnceItHasTriedForAWhile() {
    assertThat(refused(begun(), "job-wq-2")).isFalse();
    assertThat(refused(begun().after(4).depth(1, 0, 0), "job-wq-2")).isFalse();
    assertThat(refused(begun().after(6).depth(1, 0, 0), "job-wq-2")).isTrue();
    assertThat(refused(begun().after(6).depth(1, 0, 0), "job-wq-1")).isFalse();
  }

  @Test
  void orOnceItHasEnded() {
    assertThat(refused(begun().exits("job-wq-2-abcde", 1, "Error"), "job-wq-2")).isTrue();
  }
}
