package workqueue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import workqueue.history.PodRef;

class ContainerFaultsTest {
  private static final PodRef POD = new PodRef("wq-race", "job-wq-1-abcde", "uid");

  @Test
  void tellsADeadTaskFromOneThatRuns() {
    String tasks =
        """
        TASK    PID     STATUS
        aaa     101     RUNNING
        bbb     0       STOPPED
        """;
    assertThat(ContainerFaults.runsStill(tasks, "aaa")).isTrue();
    assertThat(ContainerFaults.runsStill(tasks, "bbb")).isFalse();
    assertThat(ContainerFaults.runsStill(tasks, "ccc")).isFalse();
  }

  @Test
  void saysWhyAContainerCannotBeKilled() {
    assertThat(ContainerFaults.notRunning(POD, "Succeeded"))
        .isEqualTo(
            """
            Pod wq-race/job-wq-1-abcde has no worker that could be killed: its container does not \
            run, its phase is Succeeded.
            Remedy: have the fault strike while the container runs; job.awaitRunning(1) waits for \
            it.""");
    assertThat(PodFaults.gone(POD))
        .isEqualTo("Pod wq-race/job-wq-1-abcde is gone: no fault can strike it any more.");
  }
}
