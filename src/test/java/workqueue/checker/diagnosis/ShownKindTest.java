package workqueue.checker.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.Item;
import workqueue.Items;
import workqueue.WorkerKind;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.HistoryBuilder;
import workqueue.history.JobSpecBuilder;
import workqueue.history.Source;

class ShownKindTest {
  private static final List<Item> ITEMS = Items.ofTutorial(3);

  private static JobSpecBuilder one() {
    return new JobSpecBuilder(1, 1).withQueue(HistoryBuilder.QUEUE);
  }

  private static HistoryBuilder connected(JobSpecBuilder asked) {
    HistoryBuilder told = new HistoryBuilder().publish(ITEMS).job(asked).starts("pod-0");
    return told.jobStatus().connects("pod-0");
  }

  /** A run that acked so many of the items. */
  private static HistoryBuilder acked(JobSpecBuilder asked, int items) {
    HistoryBuilder told = connected(asked);
    ITEMS.subList(0, items).forEach(each -> told.delivers("pod-0", each, false).acks("pod-0"));
    return told;
  }

  private static void isOf(HistoryBuilder told, WorkerKind kind) {
    assertThat(ShownKind.in(told.history()).map(ShownKind::kind)).contains(kind);
  }

  private static void isOfItsOwn(HistoryBuilder told) {
    assertThat(ShownKind.in(told.history())).isEmpty();
  }

  @Test
  void whoTakesAllOfItsQueueAndEndsDrainsIt() {
    HistoryBuilder told = acked(one(), 3).disconnects("pod-0").succeeds("pod-0");
    isOf(told, WorkerKind.DRAIN);
    assertThat(ShownKind.in(told.history()).orElseThrow().words())
        .isEqualTo(
            "a run of pod pod-0 acked 3 items and ended, as workers of kind drain do, and it was run"
                + " as one of kind one");
  }

  @Test
  void whoTakesAllOfItsQueueAndStaysServes() {
    isOfItsOwn(acked(one(), 3).depth(0, 0, 1));
    HistoryBuilder told = acked(one(), 3).after(6).depth(0, 0, 1);
    isOf(told, WorkerKind.SERVE);
    assertThat(ShownKind.in(told.history()).orElseThrow().words())
        .isEqualTo(
            "a run of pod pod-0 acked 3 items and goes on, as workers of kind serve do, and it was"
                + " run as one of kind one");
  }

  @Test
  void whoTakesOneMoreThanItShouldIsOfItsKindAndBroken() {
    isOfItsOwn(acked(one(), 2).disconnects("pod-0").succeeds("pod-0"));
    isOfItsOwn(acked(one(), 1).after(60).depth(2, 0, 1));
    isOfItsOwn(acked(one(), 3).disconnects("pod-0").exits("pod-0", 1, "Error"));
  }

  @Test
  void whoEndsAfterOneItemThoughThereAreMoreTakesOne() {
    JobSpecBuilder drain = one().withCompletions(null);
    HistoryBuilder told = acked(drain, 1).disconnects("pod-0").succeeds("pod-0").depth(2, 0, 0);
    isOf(told, WorkerKind.ONE);
    isOfItsOwn(acked(drain, 3).disconnects("pod-0").succeeds("pod-0").depth(0, 0, 0));
    JobSpecBuilder serve = drain.withRestartPolicy("Always");
    isOf(acked(serve, 1).disconnects("pod-0").restarts("pod-0", 0, "Completed"), WorkerKind.ONE);
    isOf(acked(serve, 3).disconnects("pod-0").restarts("pod-0", 0, "Completed"), WorkerKind.DRAIN);
    isOfItsOwn(acked(serve, 3).after(60).depth(0, 0, 1));
  }

  @Test
  void whoWasToldToEndSaysNothingByThat() {
    JobSpecBuilder serve = one().withCompletions(null).withRestartPolicy("Always");
    isOfItsOwn(
        acked(serve, 3).deletes("pod-0").disconnects("pod-0").exits("pod-0", 0, "Completed"));
    HistoryBuilder struck = acked(serve, 1);
    struck.add(Source.FAULTS, new FaultInjected("restart-broker", "broker", ""));
    isOfItsOwn(struck.disconnects("pod-0").restarts("pod-0", 0, "Completed"));
  }
}
