package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.Item;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.view.Picture;
import workqueue.history.BrokerEvent.Asked;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.Environment;
import workqueue.history.HarnessEvent.TapPlaced;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.Source;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.RefusedByBroker;

/** A broker that counts what is held among what waits: the wire tells them apart. */
class CountedTogetherTest {
  private static final List<Item> ITEMS = List.of(Item.of(0, "apple"), Item.of(1, "banana"));

  private static HistoryBuilder begun(boolean tapped) {
    HistoryBuilder told = new HistoryBuilder();
    if (tapped) {
      told.add(Source.WIRE, new TapPlaced("rabbitmq-service"));
    }
    return told.publish(ITEMS).job(2, 2);
  }

  private static HistoryBuilder counts(HistoryBuilder told, int total) {
    return told.add(
        Source.BROKER,
        new QueueDepth(
            HistoryBuilder.QUEUE,
            true,
            total == 0 ? 0 : null,
            total == 0 ? 0 : null,
            1,
            Asked.AMQP,
            told.now(),
            total));
  }

  private static QueueDepth last(HistoryBuilder told) {
    return new Picture(told.history()).queue(HistoryBuilder.QUEUE).last().orElseThrow().event();
  }

  @Test
  void whatWasDeliveredAndNotAckedIsHeld() {
    HistoryBuilder told = begun(true).starts("pod-0").connects("pod-0");
    told.delivers("pod-0", ITEMS.get(0), false);
    counts(told, 2);
    assertThat(last(told).ready()).isEqualTo(1);
    assertThat(last(told).unacked()).isEqualTo(1);
    told.acks("pod-0");
    counts(told, 1);
    assertThat(last(told).ready()).isEqualTo(1);
    assertThat(last(told).unacked()).isZero();
  }

  @Test
  void withoutATapNobodyKnows() {
    HistoryBuilder told = counts(begun(false).starts("pod-0"), 2);
    assertThat(last(told).ready()).isNull();
    assertThat(last(told).unacked()).isNull();
    assertThat(Claims.leavesOver(HistoryBuilder.QUEUE, 2).judge(told.finalState().history()))
        .extracting(Conclusion::verdict)
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aTapThatLostSightTellsNothing() {
    HistoryBuilder told = begun(true).starts("pod-0");
    told.gap(Source.WIRE);
    counts(told, 2);
    assertThat(last(told).unacked()).isNull();
  }

  @Test
  void ofNoneThereIsNeither() {
    HistoryBuilder told = counts(begun(false), 0);
    assertThat(last(told).ready()).isZero();
    assertThat(last(told).unacked()).isZero();
  }

  @Test
  void whatNobodyTookIsReady() {
    HistoryBuilder told = counts(begun(true).jobFails("BackoffLimitExceeded"), 2).finalState();
    assertThat(Claims.leavesOver(HistoryBuilder.QUEUE, 2).judge(told.history()).verdict())
        .isEqualTo(Verdict.VALID);
  }

  private static History onBrokerByUrl(HistoryBuilder told) {
    return on(new Environment.Broker("existing", "4.0.5", "RabbitMQ"), told);
  }

  private static History on(Environment.Broker broker, HistoryBuilder told) {
    History recorded = told.history();
    Header header = recorded.header();
    return new History(
        new Header(
            header.scenario(),
            header.startedAt(),
            new Environment(null, broker, null),
            header.evidence(),
            header.patienceSeconds(),
            header.claims()),
        recorded.events());
  }

  private static HistoryBuilder workedOff(boolean tapped) {
    HistoryBuilder told = begun(tapped);
    for (Item item : ITEMS) {
      String pod = "pod-" + item.id();
      told.starts(pod).connects(pod).delivers(pod, item, false).acks(pod);
    }
    return told.depthByAmqp(0, 0).finalState();
  }

  @Test
  void whatABrokerByItsUrlDoesNotTellTheWireDoes() {
    QueueDepth depth =
        new Picture(onBrokerByUrl(workedOff(true)))
            .queue(HistoryBuilder.QUEUE)
            .last()
            .orElseThrow()
            .event();
    assertThat(depth.ready()).isZero();
    assertThat(depth.unacked()).isZero();
  }

  @Test
  void withoutTheWireNoDiagnosisOfSuchABrokerIsNotAWrongOne() {
    HistoryBuilder told = begun(false).starts("pod-0").succeeds("pod-0");
    told.starts("pod-1").succeeds("pod-1").jobCompletes();
    History recorded = onBrokerByUrl(told.depthByAmqp(0, 0).finalState());
    Conclusion concluded = Claims.diagnosedAs(FindingCode.ALL_PROCESSED).judge(recorded);
    assertThat(concluded.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(concluded.explanation())
        .isEqualTo(
            """
            diagnosed as ALL_PROCESSED: outcome.told has no root
              expected:   root ALL_PROCESSED
              actual:     no root
              missing:    ALL_PROCESSED
              not seen:   how many messages consumers hold of queue job1""");
  }

  private static History on(String product, HistoryBuilder told) {
    return on(new Environment.Broker("container", "1", product), told);
  }

  @Test
  void rabbitMqsOwnCommandIsRecommendedForRabbitMqAlone() {
    HistoryBuilder told = begun(false).starts("pod-0").jobStatus().ends(1, 0, 0);
    assertThat(explanation(on("RabbitMQ", told)))
        .endsWith(
            "\n  remedy:     rabbitmqctl list_queues name messages_ready messages_unacknowledged"
                + " consumers | grep job1");
    assertThat(explanation(on("Another", told))).endsWith("\n  actual:     1 ready, 0 unacked");
  }

  private static String explanation(History history) {
    return Claims.drains(HistoryBuilder.QUEUE).judge(history).explanation();
  }

  @Test
  void ofAFindingToo() {
    HistoryBuilder told = begun(false).starts("pod-0").jobStatus();
    told.add(Source.WIRE, new ConnectionOpened("to-pod-0", "10.42.0.9", "pod-0"));
    told.add(
        Source.WIRE,
        new RefusedByBroker(
            "to-pod-0", 1, 405, "RESOURCE_LOCKED - exclusive access to locked queue"));
    told.disconnects("pod-0").failsPod("pod-0", 1, "Error").ends(2, 0, 0);
    assertThat(remedy(on("RabbitMQ", told)))
        .isEqualTo("rabbitmqctl list_queues name exclusive owner_pid");
    assertThat(remedy(on("Another", told))).isEmpty();
  }

  private static String remedy(History history) {
    return Diagnosis.of(history).finding(FindingCode.QUEUE_LOCKED).orElseThrow().remedy();
  }
}
