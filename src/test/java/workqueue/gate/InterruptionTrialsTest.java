package workqueue.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InterruptionTrialsTest {
  @Test
  void saysWhatToDoWithAWorkerThatIsDoneTooSoon() {
    assertThat(InterruptionTrials.tooFast())
        .isEqualTo(
            """
            The worker could not be interrupted while it had an item: it was done before.
            Remedy: have it take its time; it is told to take 10 s for an item by WORKER_SECONDS, \
            and -Dwq.worker.env=<NAME>=<value> tells it otherwise.""");
  }
}
