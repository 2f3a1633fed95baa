package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.claim.Claims.costsNoMore;
import static workqueue.checker.claim.Claims.measuresCosts;
import static workqueue.checker.diagnosis.Diagnosed.none;
import static workqueue.checker.diagnosis.FindingCode.HEAVIER;
import static workqueue.checker.diagnosis.FindingCode.SLOWER;
import static workqueue.history.HistoryBuilder.QUEUE;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import workqueue.Item;
import workqueue.Items;
import workqueue.checker.diagnosis.Costs;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.Finding;
import workqueue.cost.Measure;
import workqueue.cost.Measurement;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.ClusterEvent.ImageHeld;
import workqueue.history.ClusterEvent.PodUse;
import workqueue.history.Environment;
import workqueue.history.Evidence;
import workqueue.history.HarnessEvent.BaselineGiven;
import workqueue.history.HarnessEvent.Gap;
import workqueue.history.HarnessEvent.Past;
import workqueue.history.HarnessEvent.RivalGiven;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.HistoryFile;
import workqueue.history.JobSpecBuilder;
import workqueue.history.Payload;
import workqueue.history.Source;
import workqueue.history.WireEvent.Acked;
import workqueue.history.WireEvent.Delivered;

class CostClaimsTest {
  private static final int PODS = 8;
  private static final String OTHER = "job2";
  private static final Environment HERE =
      new Environment(
          new Environment.Cluster("throwaway", "k3s", "v1.20.2", 1),
          new Environment.Broker("container", "3.10.8", "RabbitMQ"),
          null);

  private final HistoryBuilder told = new HistoryBuilder();

  @Test
  void measuresEachPodFromItsStartToItsEnd() {
    Measurement costs = Costs.of(run(QUEUE, 1.3).history(), QUEUE);
    assertThat(costs.figures().get(Measure.WORK)).hasSize(PODS).containsOnly(1.31);
    assertThat(costs.median(Measure.START)).hasValue(0.55);
    assertThat(costs.median(Measure.END)).hasValue(0.34);
    assertThat(costs.median(Measure.POD)).hasValue(2.2);
    assertThat(costs.figures())
        .containsOnlyKeys(Measure.START, Measure.WORK, Measure.END, Measure.POD);
    assertThat(Costs.of(told.history(), OTHER).figures()).isEmpty();
  }

  @Test
  void takesTheMostThatANodeToldOfAPod() {
    String pod = "a-0";
    pod(QUEUE, pod, Items.ofTutorial(1).get(0), 1);
    uses(pod, 100, 20).uses(pod, 300, 30).uses(pod, 300, 5);
    told.add(Source.USE, new ImageHeld("node-1", "worker:1", 200L << 20));
    told.add(Source.USE, new ImageHeld("node-1", "other:1", 900L << 20));
    Measurement costs = Costs.of(told.history(), QUEUE);
    assertThat(costs.figures().get(Measure.CPU)).containsExactly(0.3);
    assertThat(costs.figures().get(Measure.MEMORY)).containsExactly(30.0);
    assertThat(costs.figures().get(Measure.IMAGE)).containsExactly(200.0);
  }

  @Test
  void aPodThatWasHardlySeenIsNotMeasured() {
    pod(QUEUE, "a-0", Items.ofTutorial(1).get(0), 1);
    uses("a-0", 100, 20).uses("a-0", 300, 30);
    assertThat(Costs.of(told.history(), QUEUE).figures())
        .doesNotContainKeys(Measure.CPU, Measure.MEMORY, Measure.IMAGE);
  }

  @Test
  void aPodThatWasNotSeenAtItsStartOrRanTwiceDoesNotCount() {
    told.job(spec(QUEUE));
    told.podIs("late", "Running").starts("late").after(1).succeeds("late");
    told.starts("twice").restarts("twice", 1, "Error").after(1).succeeds("twice");
    assertThat(Costs.of(told.history(), QUEUE).figures()).isEmpty();
    assertThat(measuresCosts(QUEUE).judge(told.history()).explanation())
        .isEqualTo(
            """
            what workers of queue job1 cost is measured: too few of its pods were seen from start \
            to success
              expected:   8 pods or more
              actual:     0""");
  }

  @Test
  void aWorkerThatSleepsLongerIsSlowerThanItsRival() {
    run(OTHER, 1.0);
    run(QUEUE, 1.3);
    told.add(Source.HARNESS, new RivalGiven(QUEUE, OTHER));
    History history = told.history();
    Conclusion conclusion = costsNoMore(QUEUE).judge(history);
    String words =
        "work on an item 1.31 s instead of 1.01 s, 0.30 s (30 %) more; at least 0.30 s with 99.9 %"
            + " confidence, where 0.05 s is tolerated";
    assertThat(conclusion.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(conclusion.explanation())
        .isEqualTo(
            """
            workers of queue job1 cost no more than before: work on an item 0.30 s (30 %%) more
              expected:   no more than those of queue job2 (image worker:2), and what is tolerated
              actual:     %s"""
                .formatted(words));
    assertThat(conclusion.findings())
        .extracting(Finding::message)
        .containsExactly(
            "workers of queue job1 are slower than those of queue job2 (image worker:2): " + words);
    Diagnosis diagnosis = Diagnosis.of(history);
    assertThat(diagnosis.roots()).contains(SLOWER).doesNotContain(HEAVIER);
    assertThat(diagnosis.finding(SLOWER)).contains(conclusion.findings().get(0));
    assertThat(Diagnosis.of(HistoryFile.fromText("told", HistoryFile.toText(history))))
        .isEqualTo(diagnosis);
  }

  @Test
  void aQuickerWorkerIsNoWorse() {
    run(OTHER, 1.3);
    run(QUEUE, 1.0);
    told.add(Source.HARNESS, new RivalGiven(QUEUE, OTHER));
    Conclusion conclusion = costsNoMore(QUEUE).judge(told.history());
    assertThat(conclusion.verdict()).isEqualTo(Verdict.VALID);
    assertThat(conclusion.explanation())
        .isEqualTo(
            "workers of queue job1 cost no more than before, as far as it was measured; not"
                + " measured: CPU time of a pod, peak memory of a pod, the image");
    none(told, SLOWER);
    none(told, HEAVIER);
  }

  @Test
  void saysWhyNodesDidNotTell() {
    run(OTHER, 1.0);
    run(QUEUE, 1.0);
    Instant now = told.now();
    told.add(Source.USE, new Gap(Source.USE, now, now, "nodes may not be asked: forbidden"));
    told.add(Source.HARNESS, new RivalGiven(QUEUE, OTHER));
    assertThat(costsNoMore(QUEUE).judge(told.history()).explanation())
        .endsWith("the image (nodes may not be asked: forbidden)");
  }

  @Test
  void aHeavierImageIsHeavierThanTheBaseline() {
    run(QUEUE, 1.0);
    told.add(Source.USE, new ImageHeld("node-1", "worker:1", 260L << 20));
    given(past("v1.20.2", "3.10.8", Map.of("image", List.of(200.0))));
    Conclusion conclusion = costsNoMore(QUEUE).judge(here());
    assertThat(conclusion.explanation())
        .isEqualTo(
            """
            workers of queue job1 cost no more than before: the image 60.0 MiB (30 %) more
              expected:   no more than their baseline base.json, and what is tolerated
              actual:     the image 260.0 MiB instead of 200.0 MiB, 60.0 MiB (30 %) more, where \
            10.0 MiB is tolerated""");
    assertThat(Diagnosis.of(here()).roots()).contains(HEAVIER).doesNotContain(SLOWER);
  }

  @Test
  void theBaselineOfLikeVersionsIsChosen() {
    run(QUEUE, 1.0);
    List<Double> slow = List.of(2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0);
    List<Double> quick = List.of(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5);
    given(
        past("v1.36.2", "3.10.8", Map.of("work", quick)),
        past("v1.20.2", "3.10.8", Map.of("work", slow)));
    assertThat(costsNoMore(QUEUE).judge(here()).verdict()).isEqualTo(Verdict.VALID);
  }

  @Test
  void aBaselineOfOtherVersionsTellsNothing() {
    run(QUEUE, 1.0);
    given(
        past("v1.36.2", "3.10.8", Map.of("image", List.of(1.0))),
        past("v1.20.2", "4.3.1", Map.of("image", List.of(1.0))));
    Conclusion conclusion = costsNoMore(QUEUE).judge(here());
    assertThat(conclusion.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(conclusion.explanation())
        .isEqualTo(
            """
            workers of queue job1 cost no more than before: base.json is of other versions
              expected:   Kubernetes v1.20.2, RabbitMQ 3.10.8
              actual:     Kubernetes v1.36.2, RabbitMQ 3.10.8; Kubernetes v1.20.2, RabbitMQ 4.3.1
              remedy:     mvn verify -Pgate -Dwq.gate.record=base.json""");
    assertThat(Diagnosis.of(here()).roots()).doesNotContain(SLOWER, HEAVIER);
  }

  @Test
  void aBaselineOfAnotherKindOfMachineTellsNothing() {
    run(QUEUE, 1.0);
    List<Double> quick = List.of(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5);
    List<Double> slow = List.of(2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0);
    Past large = past("v1.20.2", "3.10.8", Map.of("work", quick)).on("8 × large");
    Past small = past("v1.20.2", "3.10.8", Map.of("work", slow)).on("2 × small");
    told.add(Source.HARNESS, new BaselineGiven(QUEUE, "base.json", List.of(large), "2 × small"));
    Conclusion conclusion = costsNoMore(QUEUE).judge(here());
    assertThat(conclusion.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(conclusion.explanation())
        .isEqualTo(
            """
            workers of queue job1 cost no more than before: base.json is of other machines
              expected:   2 × small
              actual:     8 × large
              remedy:     mvn verify -Pgate -Dwq.gate.record=base.json""");
    told.add(
        Source.HARNESS, new BaselineGiven(QUEUE, "base.json", List.of(large, small), "2 × small"));
    assertThat(costsNoMore(QUEUE).judge(here()).verdict()).isEqualTo(Verdict.VALID);
    told.add(Source.HARNESS, new BaselineGiven(QUEUE, "base.json", List.of(large)));
    assertThat(costsNoMore(QUEUE).judge(here()).verdict()).isEqualTo(Verdict.INVALID);
  }

  @Test
  void withoutAnythingToCompareNothingIsKnown() {
    run(QUEUE, 1.0);
    assertThat(costsNoMore(QUEUE).judge(told.history()).explanation())
        .isEqualTo(
            """
            workers of queue job1 cost no more than before: nothing was measured both times
              expected:   figures of 8 pods or more, before and now
              actual:     nothing to compare with""");
    told.add(Source.HARNESS, new RivalGiven(QUEUE, OTHER));
    Conclusion conclusion = costsNoMore(QUEUE).judge(told.history());
    assertThat(conclusion.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(conclusion.explanation()).endsWith("actual:     none of them");
    assertThat(measuresCosts(QUEUE).judge(told.history())).isEqualTo(Conclusion.valid());
  }

  /** A Job whose pods each work this long on an item; the wire adds an event's 10 ms. */
  private HistoryBuilder run(String queue, double seconds) {
    List<Item> items =
        queue.equals(QUEUE)
            ? Items.ofTutorial(PODS)
            : Items.ofTutorial(2 * PODS).subList(PODS, 2 * PODS);
    told.named("of-" + queue).job(spec(queue));
    items.forEach(item -> pod(queue, queue + "-" + item.id(), item, seconds));
    return told.jobCompletes().depth(0, 0, 0);
  }

  private void pod(String queue, String pod, Item item, double seconds) {
    told.spec(each -> spec(queue)).jobStatus();
    told.add(Source.PUBLISHER, new ItemPublished(queue, item.id(), Payload.of(item), true));
    told.pending(pod).after(0.5).starts(pod).connects(pod);
    told.add(Source.WIRE, new Delivered("to-" + pod, 1, 1, queue, false, true, Payload.of(item)));
    told.works(pod, item).after(seconds - 0.01);
    told.add(Source.WIRE, new Acked("to-" + pod, 1, 1, false));
    told.disconnects(pod).after(0.3).succeeds(pod);
  }

  private CostClaimsTest uses(String pod, long cpuMillis, long mebibytes) {
    told.add(
        Source.USE, new PodUse(told.ref(pod), cpuMillis * 1_000_000, mebibytes << 20, told.now()));
    return this;
  }

  private void given(Past... pasts) {
    told.add(Source.HARNESS, new BaselineGiven(QUEUE, "base.json", List.of(pasts)));
  }

  private static Past past(String kubernetes, String rabbitmq, Map<String, List<Double>> figures) {
    return new Past(kubernetes, rabbitmq, "worker:1", "wq-1", List.of(figures));
  }

  private History here() {
    return new History(
        new Header("gate.told", HistoryBuilder.START, HERE, Evidence.ofTutorial(), List.of()),
        told.history().events());
  }

  private static JobSpecBuilder spec(String queue) {
    return new JobSpecBuilder(PODS, 1)
        .withQueue(queue)
        .withImage(queue.equals(QUEUE) ? "worker:1" : "worker:2");
  }
}
