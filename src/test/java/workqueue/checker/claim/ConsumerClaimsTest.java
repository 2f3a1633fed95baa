package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.claim.Claims.boundsItsPrefetch;
import static workqueue.checker.claim.Claims.holdsOneAtATime;
import static workqueue.checker.claim.Claims.pinsItsImage;
import static workqueue.checker.claim.Claims.someWorkFails;
import static workqueue.checker.diagnosis.Situations.FRUIT;
import static workqueue.checker.diagnosis.Situations.begun;
import static workqueue.checker.diagnosis.Situations.failingWorker;
import static workqueue.checker.diagnosis.Situations.workOff;
import static workqueue.history.HistoryBuilder.QUEUE;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workqueue.Item;
import workqueue.Items;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.BrokerEvent.BrokerCounters;
import workqueue.history.Environment;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.Payload;
import workqueue.history.Source;
import workqueue.history.WireEvent.Acked;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.ConsumerStarted;
import workqueue.history.WireEvent.Delivered;

class ConsumerClaimsTest {
  @Test
  void oneMoreForEachRunIsNoHoarding() {
    History history = counted(sound(), 8).finalState().history();
    assertThat(holdsOneAtATime(QUEUE).judge(history)).isEqualTo(Conclusion.valid());
    assertThat(Diagnosis.of(history).finding(FindingCode.HOARDED_ITEMS)).isEmpty();
  }

  @Test
  void moreThanThatIsHoarding() {
    History history = counted(sound(), 9).finalState().history();
    Conclusion conclusion = holdsOneAtATime(QUEUE).judge(history);
    assertThat(conclusion.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(conclusion.explanation())
        .isEqualTo(
            """
            consumers of queue job1 hold one item at a time: some of queue job1 hold more
              expected:   no item held beside the one that is worked on
              actual:     9 items were handed out again on queue job1 though 8 runs took and acked \
            one each: they held others beside it
              remedy:     amqp-consume --url=$BROKER_URL -q job1 -c 1 /worker.py""");
    assertThat(Diagnosis.of(history).roots()).containsExactly(FindingCode.HOARDED_ITEMS);
  }

  @Test
  void countersOlderThanTheEndTellNothing() {
    Instant early = HistoryBuilder.START;
    HistoryBuilder told = sound();
    told.add(Source.BROKER, new BrokerCounters(QUEUE, 8, 17, 0, 9, 8, early));
    Conclusion conclusion = holdsOneAtATime(QUEUE).judge(told.finalState().history());
    assertThat(conclusion.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(conclusion.explanation())
        .isEqualTo(
            """
            consumers of queue job1 hold one item at a time: cannot be told of queue job1
              expected:   the wire, or the broker's counters after a Job that is complete
              actual:     neither""");
  }

  @Test
  void whatARunThatFailedGaveBackIsNoHoarding() {
    HistoryBuilder told = begun();
    told.starts("pod-0").works("pod-0", FRUIT.get(0)).restarts("pod-0", 1, "Error");
    told.works("pod-0", FRUIT.get(0)).succeeds("pod-0");
    workOff(told, 1, 8).jobCompletes().depth(0, 0, 0);
    History history = counted(told, 20).finalState().history();
    assertThat(Diagnosis.of(history).finding(FindingCode.HOARDED_ITEMS)).isEmpty();
  }

  /** Each of two runs is given two of four items without acks, and works on one. */
  private static HistoryBuilder withoutAcks(boolean consumes) {
    HistoryBuilder told = new HistoryBuilder().publish(FRUIT.subList(0, 4)).job(2, 1);
    for (int run = 0; run < 2; run++) {
      String pod = "pod-" + run;
      String connection = "to-" + pod;
      told.starts(pod).jobStatus();
      told.add(Source.WIRE, new ConnectionOpened(connection, "10.42.0.9", pod));
      if (consumes) {
        told.add(Source.WIRE, new ConsumerStarted(connection, 1, QUEUE, "tag", 0, false));
      }
      for (int item = 2 * run; item < 2 * run + 2; item++) {
        Payload payload = Payload.of(FRUIT.get(item));
        told.add(Source.WIRE, new Delivered(connection, 1, item + 1, QUEUE, false, false, payload));
      }
      told.works(pod, FRUIT.get(2 * run)).disconnects(pod).succeeds(pod);
    }
    return told.jobCompletes().ends(0, 0, 0);
  }

  @Test
  void fetchingTwoItemsWithoutAcksIsHoardingAndLosesTheOther() {
    History history = withoutAcks(false).history();
    Diagnosis diagnosis = Diagnosis.of(history);
    assertThat(diagnosis.roots()).containsExactly(FindingCode.HOARDED_ITEMS);
    assertThat(diagnosis.finding(FindingCode.HOARDED_ITEMS).orElseThrow().message())
        .isEqualTo(
            "2 runs fetched up to 2 items of queue job1 by basic.get without acks, and worked on"
                + " 1");
    assertThat(diagnosis.finding(FindingCode.LOST_ITEMS).orElseThrow().message())
        .startsWith("2 items are gone from the queue and processed by no pod, because 2 runs");
    assertThat(holdsOneAtATime(QUEUE).judge(history).verdict()).isEqualTo(Verdict.INVALID);
  }

  /** Each of two runs acks two items that were pushed to it, and works on the first. */
  private static HistoryBuilder ackingTwo(boolean atOnce) {
    HistoryBuilder told = new HistoryBuilder().publish(FRUIT.subList(0, 4)).job(2, 1);
    for (int run = 0; run < 2; run++) {
      String pod = "pod-" + run;
      String connection = "to-" + pod;
      told.starts(pod).jobStatus();
      told.add(Source.WIRE, new ConnectionOpened(connection, "10.42.0.9", pod));
      told.add(Source.WIRE, new ConsumerStarted(connection, 1, QUEUE, "tag", atOnce ? 2 : 1, true));
      Delivered first = pushed(connection, 1, FRUIT.get(2 * run));
      Delivered second = pushed(connection, 2, FRUIT.get(2 * run + 1));
      told.add(Source.WIRE, first);
      if (atOnce) {
        told.add(Source.WIRE, second).add(Source.WIRE, new Acked(connection, 1, 1, false));
      } else {
        told.add(Source.WIRE, new Acked(connection, 1, 1, false)).add(Source.WIRE, second);
      }
      told.add(Source.WIRE, new Acked(connection, 1, 2, false));
      told.works(pod, FRUIT.get(2 * run)).disconnects(pod).succeeds(pod);
    }
    return told.jobCompletes().ends(0, 0, 0);
  }

  private static Delivered pushed(String connection, int tag, Item item) {
    return new Delivered(connection, 1, tag, QUEUE, false, true, Payload.of(item));
  }

  @Test
  void holdingTwoItemsIsHoardingAndLosesTheOtherThoughBothAreAcked() {
    Diagnosis diagnosis = Diagnosis.of(ackingTwo(true).history());
    assertThat(diagnosis.roots()).containsExactly(FindingCode.HOARDED_ITEMS);
    assertThat(diagnosis.finding(FindingCode.HOARDED_ITEMS).orElseThrow().message())
        .isEqualTo("consumers of queue job1 hold up to 2 items at once");
    assertThat(diagnosis.finding(FindingCode.LOST_ITEMS).orElseThrow().message())
        .startsWith("2 items are gone from the queue and processed by no pod, because consumers");
  }

  @Test
  void oneAfterTheOtherIsNoHoarding() {
    Diagnosis diagnosis = Diagnosis.of(ackingTwo(false).history());
    assertThat(diagnosis.finding(FindingCode.HOARDED_ITEMS)).isEmpty();
    assertThat(diagnosis.roots()).containsExactly(FindingCode.LOST_ITEMS);
  }

  @Test
  void whoFailsForWantOfAnItemThatAnotherTookIsNoCause() {
    HistoryBuilder told = new HistoryBuilder().publish(FRUIT.subList(0, 2)).job(2, 1);
    fetches(told, "pod-0", FRUIT.subList(0, 2));
    told.works("pod-0", FRUIT.get(0)).disconnects("pod-0").succeeds("pod-0");
    fetches(told, "pod-1", List.of());
    told.disconnects("pod-1").failsPod("pod-1", 1, "Error");
    fetches(told, "pod-2", List.of());
    told.disconnects("pod-2").failsPod("pod-2", 1, "Error").ends(0, 0, 0);
    Diagnosis diagnosis = Diagnosis.of(told.history());
    assertThat(diagnosis.roots()).containsExactly(FindingCode.HOARDED_ITEMS);
    assertThat(diagnosis.finding(FindingCode.WORKER_FAILED)).isPresent();
  }

  private static void fetches(HistoryBuilder told, String pod, List<Item> items) {
    told.starts(pod).jobStatus();
    told.add(Source.WIRE, new ConnectionOpened("to-" + pod, "10.42.0.9", pod));
    for (Item item : items) {
      Payload payload = Payload.of(item);
      told.add(
          Source.WIRE, new Delivered("to-" + pod, 1, item.id() + 1, QUEUE, false, false, payload));
    }
  }

  @Test
  void whatIsPushedWithoutAcksIsLostAndNotHeldOneAtATime() {
    History history = withoutAcks(true).history();
    assertThat(Diagnosis.of(history).roots()).containsExactly(FindingCode.LOST_ITEMS);
    assertThat(holdsOneAtATime(QUEUE).judge(history).explanation())
        .isEqualTo(
            """
            consumers of queue job1 hold one item at a time: one of queue job1 was given more
              expected:   no item held beside the one that is worked on
              actual:     pod pod-0 was given 2 items without acks, and worked on 1""");
  }

  @Test
  void whatIsAckedBesideAnotherItemIsLostByHoarding() {
    HistoryBuilder told = new HistoryBuilder().publish(FRUIT.subList(0, 3)).job(1, 1);
    told.starts("pod-0").jobStatus().connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), false).delivers("pod-0", FRUIT.get(1), false);
    told.works("pod-0", FRUIT.get(0));
    told.add(Source.WIRE, new Acked("to-pod-0", 1, 2, true)).delivers("pod-0", FRUIT.get(2), false);
    told.disconnects("pod-0").succeeds("pod-0").jobCompletes().ends(1, 0, 0);
    Diagnosis diagnosis = Diagnosis.of(told.history());
    assertThat(diagnosis.roots()).containsExactly(FindingCode.HOARDED_ITEMS);
    assertThat(diagnosis.finding(FindingCode.LOST_ITEMS)).isPresent();
  }

  private static Conclusion boundsPrefetch(int prefetch, boolean acks) {
    HistoryBuilder told = begun().starts("pod-0");
    told.add(Source.WIRE, new ConnectionOpened("to-pod-0", "10.42.0.9", "pod-0"));
    told.add(Source.WIRE, new ConsumerStarted("to-pod-0", 1, QUEUE, "tag", prefetch, acks));
    return boundsItsPrefetch(QUEUE).judge(told.history());
  }

  @Test
  void aPrefetchIsBoundedByANumberAndByAcks() {
    assertThat(boundsPrefetch(5, true)).isEqualTo(Conclusion.valid());
    assertThat(boundsPrefetch(5, false).verdict()).isEqualTo(Verdict.INVALID);
    assertThat(boundsPrefetch(0, true).explanation())
        .isEqualTo(
            """
            consumers of queue job1 bound their prefetch: one of queue job1 sets no bound
              expected:   a prefetch above 0, and acks
              actual:     a consumer of queue job1 asks for items without a limit, or without acks""");
    assertThat(boundsItsPrefetch(QUEUE).judge(sound().finalState().history()).explanation())
        .isEqualTo(
            """
            consumers of queue job1 bound their prefetch: cannot be told of queue job1
              expected:   the wire, or the broker's list of consumers
              actual:     neither""");
  }

  /** A worker that drains its queue gets so many items one by one, and acks them afterwards. */
  private static HistoryBuilder fetchesWithAcks(int count) {
    List<Item> items = Items.ofTutorial(count);
    HistoryBuilder told = new HistoryBuilder().publish(items).job(1, 1);
    told.spec(spec -> spec.withCompletions(null)).starts("pod-0").jobStatus();
    told.add(Source.WIRE, new ConnectionOpened("to-pod-0", "10.42.0.9", "pod-0"));
    items.forEach(each -> told.delivers("pod-0", each, false));
    items.forEach(each -> told.works("pod-0", each));
    told.add(Source.WIRE, new Acked("to-pod-0", 1, count, true));
    return told.disconnects("pod-0").succeeds("pod-0").jobCompletes().ends(0, 0, 0);
  }

  @Test
  void whoGetsItemAfterItemBeforeItAcksTheFirstSetsNoBound() {
    History history = fetchesWithAcks(11).history();
    assertThat(boundsItsPrefetch(QUEUE).judge(history).explanation())
        .isEqualTo(
            """
            consumers of queue job1 bound their prefetch: one of queue job1 sets no bound
              expected:   a prefetch above 0, and acks
              actual:     a client of queue job1 fetched 11 items one by one before it acked the \
            first""");
    assertThat(Diagnosis.of(history).roots()).containsExactly(FindingCode.HOARDED_ITEMS);
  }

  @Test
  void whoGetsAFewAtATimeBoundsThem() {
    History history = fetchesWithAcks(10).history();
    assertThat(boundsItsPrefetch(QUEUE).judge(history)).isEqualTo(Conclusion.valid());
    assertThat(Diagnosis.of(history).roots()).containsExactly(FindingCode.ALL_PROCESSED);
  }

  @Test
  void whoGetsOneItemAtATimeWithoutAcksLosesItAndHoardsNothing() {
    HistoryBuilder told = new HistoryBuilder().publish(FRUIT.subList(0, 2)).job(1, 1);
    told.spec(spec -> spec.withCompletions(null));
    fetches(told, "pod-0", FRUIT.subList(0, 1));
    told.disconnects("pod-0").failsPod("pod-0", 137, "Error");
    fetches(told, "pod-1", FRUIT.subList(1, 2));
    told.works("pod-1", FRUIT.get(1)).disconnects("pod-1").succeeds("pod-1");
    History history = told.jobCompletes().ends(0, 0, 0).history();
    assertThat(Diagnosis.of(history).finding(FindingCode.HOARDED_ITEMS)).isEmpty();
    assertThat(Diagnosis.of(history).finding(FindingCode.LOST_ITEMS)).isPresent();
    assertThat(boundsItsPrefetch(QUEUE).judge(history).explanation())
        .endsWith("actual:     a client of queue job1 gets items without acks");
  }

  /** A run is given three items, works on all, acks them, and fails. */
  private static HistoryBuilder acksThreeAndFails(boolean atOnce) {
    HistoryBuilder told = new HistoryBuilder().publish(FRUIT.subList(0, 3)).job(3, 1);
    told.starts("pod-0").jobStatus().connects("pod-0");
    for (Item item : FRUIT.subList(0, 3)) {
      told.delivers("pod-0", item, false).works("pod-0", item);
      if (!atOnce) {
        told.acks("pod-0");
      }
    }
    if (atOnce) {
      told.add(Source.WIRE, new Acked("to-pod-0", 1, 3, true));
    }
    return told.disconnects("pod-0").failsPod("pod-0", 1, "Error").ends(0, 0, 0);
  }

  @Test
  void whatARunAckedThatHeldSeveralIsUnreportedForItsHoarding() {
    Diagnosis diagnosis = Diagnosis.of(acksThreeAndFails(true).history());
    assertThat(diagnosis.roots()).containsExactly(FindingCode.HOARDED_ITEMS);
    assertThat(diagnosis.finding(FindingCode.ACKED_BUT_NOT_REPORTED)).isPresent();
  }

  @Test
  void whatARunAckedOneByOneIsUnreportedForItsFailure() {
    Diagnosis diagnosis = Diagnosis.of(acksThreeAndFails(false).history());
    assertThat(diagnosis.finding(FindingCode.HOARDED_ITEMS)).isEmpty();
    assertThat(diagnosis.roots()).containsExactly(FindingCode.ACKED_BUT_NOT_REPORTED);
  }

  @Test
  void successesWithoutAnAckLeaveItOpen() {
    Conclusion conclusion =
        holdsOneAtATime(QUEUE).judge(counted(failingWorker(), 20, 0).finalState().history());
    assertThat(conclusion.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "worker:1,VALID",
    "host:5000/team/worker@sha256:1,VALID",
    "worker,INVALID",
    "host:5000/team/worker,INVALID",
    "worker:latest,INVALID",
    "'',UNKNOWN"
  })
  void saysWhichImageItIs(String image, Verdict verdict) {
    assertThat(pinsItsImage().judge(with(image)).verdict()).isEqualTo(verdict);
  }

  @Test
  void namesAnImageThatIsNotPinned() {
    assertThat(pinsItsImage().judge(with("worker:latest")).explanation())
        .isEqualTo(
            """
            the worker's image is pinned: worker:latest names no version
              expected:   a tag other than latest, or a digest
              actual:     latest
              remedy:     docker tag worker:latest worker:1""");
  }

  @Test
  void workFailsOpenlyOrBehindASuccess() {
    assertThat(someWorkFails().judge(failingWorker().history())).isEqualTo(Conclusion.valid());
    HistoryBuilder open = begun().starts("pod-0").restarts("pod-0", 1, "Error");
    assertThat(someWorkFails().judge(open.finalState().history())).isEqualTo(Conclusion.valid());
    assertThat(someWorkFails().judge(sound().finalState().history()).explanation())
        .isEqualTo(
            """
            some work fails: no run failed, as far as can be seen
              expected:   a run that fails on the item that is to make it fail
              actual:     none
              remedy:     mvn verify -Pgate -Dwq.gate.poison='<an item that the worker fails on>'""");
  }

  private static HistoryBuilder sound() {
    return workOff(begun(), 0, 8).jobCompletes().depth(0, 0, 0);
  }

  private static HistoryBuilder counted(HistoryBuilder told, long again) {
    return counted(told, again, 8);
  }

  private static HistoryBuilder counted(HistoryBuilder told, long again, long acked) {
    return told.add(
        Source.BROKER, new BrokerCounters(QUEUE, 8, 8 + again, 0, again, acked, told.now()));
  }

  private static History with(String image) {
    History history = sound().finalState().history();
    Header header = history.header();
    return new History(
        new Header(
            header.scenario(),
            header.startedAt(),
            new Environment(null, null, new Environment.Worker(image, "")),
            header.evidence(),
            header.claims()),
        history.events());
  }
}
