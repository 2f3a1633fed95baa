package workqueue.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import workqueue.Item;
import workqueue.Items;
import workqueue.Rule;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.ClusterEvent.ImageHeld;
import workqueue.history.HarnessEvent.BaselineGiven;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.HarnessEvent.Past;
import workqueue.history.HistoryBuilder;
import workqueue.history.JobSpecBuilder;
import workqueue.history.Source;

class HindsightTest {
  private static final List<Item> ITEMS = Items.ofTutorial(3);

  @Test
  void aSoundRunBreaksNoRule() {
    assertThat(broken(HistoryBuilder.soundRun(ITEMS))).isEmpty();
  }

  @Test
  void aLostItemIsFoundByWhoeverLooksForIt() {
    Map<Rule, List<FindingCode>> broken = broken(withoutTheLast());
    assertThat(broken.keySet())
        .containsExactly(Rule.TAKES_ONE_ITEM, Rule.ACKS_AFTER_SUCCESS, Rule.PROCESSES_EXACTLY_ONCE);
    assertThat(broken.get(Rule.ACKS_AFTER_SUCCESS)).containsExactly(FindingCode.LOST_ITEMS);
  }

  @Test
  void withAFaultNobodyIsHeldToWorkOnEachItemOnce() {
    HistoryBuilder told =
        withoutTheLast().add(Source.FAULTS, new FaultInjected("kill-container", "pod-0", ""));
    assertThat(broken(told)).doesNotContainKey(Rule.PROCESSES_EXACTLY_ONCE);
  }

  @Test
  void whatAWorkerCostsIsHeldAgainstWhatTheRecordNames() {
    HistoryBuilder told =
        new HistoryBuilder()
            .job(new JobSpecBuilder(1, 1).withQueue(HistoryBuilder.QUEUE).withImage("worker:1"))
            .add(Source.USE, new ImageHeld("node-1", "worker:1", 200L << 20));
    assertThat(broken(told)).isEmpty();
    Past past = new Past("", "", "worker:0", "wq-1", List.of(Map.of("image", List.of(100.0))));
    told.add(Source.HARNESS, new BaselineGiven(HistoryBuilder.QUEUE, "base.json", List.of(past)));
    assertThat(broken(told)).isEqualTo(Map.of(Rule.BASELINE, List.of(FindingCode.HEAVIER)));
  }

  @Test
  void whoDrainsItsQueueMayTakeMoreThanOneItem() {
    HistoryBuilder told = new HistoryBuilder().publish(ITEMS).job(1, 1);
    told.spec(spec -> spec.withCompletions(null)).starts("pod-0").jobStatus();
    ITEMS.forEach(item -> told.works("pod-0", item));
    assertThat(broken(told.succeeds("pod-0").jobCompletes().ends(0, 0, 0))).isEmpty();
  }

  @Test
  void aRecordThatShowsNothingRefutesNothing() {
    assertThat(broken(new HistoryBuilder().publish(ITEMS))).isEmpty();
  }

  private static HistoryBuilder withoutTheLast() {
    HistoryBuilder told = new HistoryBuilder().publish(ITEMS).job(3, 1);
    ITEMS.subList(0, 2).forEach(item -> told.worksOff("pod-" + item.id(), item));
    return told.starts("pod-2").succeeds("pod-2").jobCompletes().ends(0, 0, 0);
  }

  private static Map<Rule, List<FindingCode>> broken(HistoryBuilder told) {
    return Hindsight.broken(told.history());
  }
}
