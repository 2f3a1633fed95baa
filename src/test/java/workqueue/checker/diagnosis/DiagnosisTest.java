package workqueue.checker.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.diagnosis.Diagnosed.consequence;
import static workqueue.checker.diagnosis.Diagnosed.diagnose;
import static workqueue.checker.diagnosis.Diagnosed.none;
import static workqueue.checker.diagnosis.Diagnosed.onlyRoot;
import static workqueue.checker.diagnosis.FindingCode.ACKED_BUT_NOT_REPORTED;
import static workqueue.checker.diagnosis.FindingCode.ADMISSION_DENIED;
import static workqueue.checker.diagnosis.FindingCode.ALL_PROCESSED;
import static workqueue.checker.diagnosis.FindingCode.BACKOFF_LIMIT_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.BROKER_BLOCKED;
import static workqueue.checker.diagnosis.FindingCode.BROKER_REFUSED_LOGIN;
import static workqueue.checker.diagnosis.FindingCode.BROKER_UNREACHABLE;
import static workqueue.checker.diagnosis.FindingCode.COMMAND_NOT_RUNNABLE;
import static workqueue.checker.diagnosis.FindingCode.CONTROLLER_INACTIVE;
import static workqueue.checker.diagnosis.FindingCode.CORRUPTED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.CRASH_LOOP;
import static workqueue.checker.diagnosis.FindingCode.DEADLINE_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.DROPPED_BY_BROKER;
import static workqueue.checker.diagnosis.FindingCode.DUPLICATED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.EVICTED;
import static workqueue.checker.diagnosis.FindingCode.FALSE_SUCCESS;
import static workqueue.checker.diagnosis.FindingCode.FOREIGN_CONSUMER;
import static workqueue.checker.diagnosis.FindingCode.HOARDED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.IGNORED_TERMINATION;
import static workqueue.checker.diagnosis.FindingCode.IMAGE_NOT_PULLABLE;
import static workqueue.checker.diagnosis.FindingCode.LEFTOVER_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.LOST_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.NODE_LOST;
import static workqueue.checker.diagnosis.FindingCode.NODE_PRESSURE;
import static workqueue.checker.diagnosis.FindingCode.NOT_EXITED;
import static workqueue.checker.diagnosis.FindingCode.NO_WORKERS;
import static workqueue.checker.diagnosis.FindingCode.OUT_OF_MEMORY;
import static workqueue.checker.diagnosis.FindingCode.QUEUE_MISSING;
import static workqueue.checker.diagnosis.FindingCode.QUOTA_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.REDELIVERED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.SECRET_PRINTED;
import static workqueue.checker.diagnosis.FindingCode.SERVICE_NOT_RESOLVED;
import static workqueue.checker.diagnosis.FindingCode.SERVICE_WITHOUT_ENDPOINTS;
import static workqueue.checker.diagnosis.FindingCode.SOURCES_DISAGREE;
import static workqueue.checker.diagnosis.FindingCode.STILL_WORKING;
import static workqueue.checker.diagnosis.FindingCode.STUCK_TERMINATING;
import static workqueue.checker.diagnosis.FindingCode.SUSPENDED;
import static workqueue.checker.diagnosis.FindingCode.TAKEN_OVER;
import static workqueue.checker.diagnosis.FindingCode.TRAFFIC_BLOCKED;
import static workqueue.checker.diagnosis.FindingCode.UNEXPECTED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.UNSCHEDULABLE;
import static workqueue.checker.diagnosis.FindingCode.VANISHED;
import static workqueue.checker.diagnosis.FindingCode.WAITING_FOR_WORK;
import static workqueue.checker.diagnosis.FindingCode.WORKER_FAILED;
import static workqueue.checker.diagnosis.Situations.FRUIT;
import static workqueue.checker.diagnosis.Situations.ackedNotExited;
import static workqueue.checker.diagnosis.Situations.begun;
import static workqueue.checker.diagnosis.Situations.crashing;
import static workqueue.checker.diagnosis.Situations.deliveredNotAcked;
import static workqueue.checker.diagnosis.Situations.failingWorker;
import static workqueue.checker.diagnosis.Situations.fewerCompletions;
import static workqueue.checker.diagnosis.Situations.givenUp;
import static workqueue.checker.diagnosis.Situations.moreCompletions;
import static workqueue.checker.diagnosis.Situations.waitingFor;
import static workqueue.checker.diagnosis.Situations.workOff;
import static workqueue.history.HistoryBuilder.QUEUE;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workqueue.Item;
import workqueue.Items;
import workqueue.checker.claim.Claims;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judged;
import workqueue.checker.claim.Verdict;
import workqueue.history.ApiEvent.ObjectsRead;
import workqueue.history.BrokerEvent.Alarm;
import workqueue.history.BrokerEvent.Asked;
import workqueue.history.BrokerEvent.BrokerAlarm;
import workqueue.history.BrokerEvent.BrokerCounters;
import workqueue.history.BrokerEvent.Consumer;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.BrokerEvent.QueueArguments;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.BrokerEvent.QueuePolicy;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.ClusterEvent.LimitsGiven;
import workqueue.history.ClusterEvent.NodeState;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.ClusterEvent.QuotaState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.Condition;
import workqueue.history.Environment;
import workqueue.history.Evidence;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.StoodIn;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.JobRef;
import workqueue.history.JobSpecBuilder;
import workqueue.history.Payload;
import workqueue.history.PodRef;
import workqueue.history.Source;
import workqueue.history.Termination;
import workqueue.history.WireEvent.Acked;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.ConsumerStarted;
import workqueue.history.WireEvent.Delivered;
import workqueue.history.WireEvent.End;
import workqueue.history.WireEvent.QueueFoundEmpty;
import workqueue.history.WireEvent.Rejected;
import workqueue.history.WireEvent.Released;

/** Each code: a history that must yield it, and near misses that must not. */
class DiagnosisTest {
  // items

  @Test
  void allProcessed() {
    onlyRoot(HistoryBuilder.soundRun(FRUIT), ALL_PROCESSED);
    none(HistoryBuilder.soundRun(FRUIT).evidence(Evidence.none()), ALL_PROCESSED);
    none(fewerCompletions(), ALL_PROCESSED);
    none(workOff(begun(), 0, 8).jobCompletes(), ALL_PROCESSED);
    // A log that was not read could only show more work.
    HistoryBuilder unread = begun().starts("early").exits("early", 1, "Error");
    assertThat(diagnose(workOff(unread, 0, 8).jobCompletes().ends(0, 0, 0)).roots())
        .contains(ALL_PROCESSED);
  }

  @Test
  void leftOver() {
    onlyRoot(fewerCompletions(), LEFTOVER_ITEMS);
    Finding finding = diagnose(fewerCompletions()).finding(LEFTOVER_ITEMS).orElseThrow();
    assertThat(finding.message())
        .isEqualTo("3 items are left in queue job1 and no Job works on it any more");
    assertThat(finding.items())
        .extracting(Item::preview)
        .containsExactly("grape", "lemon", "melon");
    none(workOff(begun(), 0, 5).depth(3, 0, 0), LEFTOVER_ITEMS);
    none(workOff(begun(5), 0, 5).depth(3, 0, 0).jobCompletes(), LEFTOVER_ITEMS);
  }

  @Test
  void lost() {
    HistoryBuilder told = begun();
    for (int i = 0; i < 8; i++) {
      told.starts("pod-" + i).jobStatus().after(1).succeeds("pod-" + i);
    }
    told.jobCompletes().ends(0, 0, 0);
    onlyRoot(told, LOST_ITEMS);
    assertThat(diagnose(told).finding(LOST_ITEMS).orElseThrow().message())
        .isEqualTo("8 items are gone from the queue and processed by no pod");
    none(told.evidence(Evidence.none()), LOST_ITEMS);
  }

  @Test
  void lostInNoAckModeLeavesPodsWaiting() {
    HistoryBuilder told = begun();
    told.worksOff("pod-0", FRUIT.get(0)).starts("pod-1").starts("pod-2").jobStatus();
    told.depth(0, 0, 2).after(11).depth(0, 0, 2).logRead("pod-1").logRead("pod-2").finalState();
    onlyRoot(told, LOST_ITEMS);
    consequence(told, WAITING_FOR_WORK, LOST_ITEMS);
  }

  @Test
  void droppedByTheDeliveryLimit() {
    HistoryBuilder told = returned(3, Map.of("x-queue-type", "quorum", "x-delivery-limit", "2"));
    onlyRoot(told, DROPPED_BY_BROKER);
    none(told, REDELIVERED_ITEMS);
    Finding finding = diagnose(told).finding(DROPPED_BY_BROKER).orElseThrow();
    assertThat(finding.message())
        .isEqualTo("1 item was dropped by the broker, by x-delivery-limit=2 of queue job1");
    assertThat(finding.remedy())
        .isEqualTo("rabbitmqctl list_queues name arguments policy | grep job1");
    none(told, LOST_ITEMS);
    consequence(told, WAITING_FOR_WORK, DROPPED_BY_BROKER);
  }

  @Test
  void notDroppedByALimitThatWasNotReached() {
    none(returned(2, Map.of("x-queue-type", "quorum", "x-delivery-limit", "2")), DROPPED_BY_BROKER);
    none(returned(21, Map.of("x-queue-type", "quorum")), DROPPED_BY_BROKER);
    none(returned(3, Map.of("x-delivery-limit", "2")), DROPPED_BY_BROKER);
    none(
        returned(30, Map.of("x-queue-type", "quorum", "x-delivery-limit", "-1")),
        DROPPED_BY_BROKER);
    none(returned(30, Map.of()), DROPPED_BY_BROKER);
  }

  @Test
  void whatAWorkerRejectsForGoodIsNotDroppedByTheBroker() {
    HistoryBuilder told = declared(1, Map.of("x-queue-type", "quorum", "x-delivery-limit", "0"));
    told.starts("pod-0").jobStatus().connects("pod-0").delivers("pod-0", FRUIT.get(0), false);
    told.add(Source.WIRE, new Rejected("to-pod-0", 1, 1, false, false)).disconnects("pod-0");
    none(idles(told), DROPPED_BY_BROKER);
    assertThat(diagnose(told).finding(LOST_ITEMS)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "x-message-ttl, 5000, 1 item was dropped by the broker",
    "x-max-length, 1, 1 item was dropped by the broker",
    "x-max-length-bytes, 10, 1 item was dropped by the broker"
  })
  void droppedByTheTimeOrTheRoomThatItsQueueGives(String rule, String value, String said) {
    HistoryBuilder told = unseen(declared(2, Map.of(rule, value)));
    onlyRoot(told, DROPPED_BY_BROKER);
    assertThat(diagnose(told).finding(DROPPED_BY_BROKER).orElseThrow().message())
        .isEqualTo(said + ", by " + rule + "=" + value + " of queue job1");
    none(told, LOST_ITEMS);
  }

  @Test
  void droppedByAPolicy() {
    HistoryBuilder told = declared(2, Map.of("x-queue-type", "classic"));
    told.add(Source.BROKER, new QueuePolicy(QUEUE, "keep-one", Map.of("max-length", "1")));
    onlyRoot(unseen(told), DROPPED_BY_BROKER);
    assertThat(diagnose(told).finding(DROPPED_BY_BROKER).orElseThrow().message())
        .endsWith("by max-length=1 (policy keep-one) of queue job1");
  }

  @ParameterizedTest
  @CsvSource({
    "x-message-ttl=60000",
    "x-max-length=2",
    "x-max-length-bytes=11",
    "x-max-length=1;x-overflow=reject-publish",
    "x-max-length-bytes=1;x-overflow=reject-publish-dlx",
    "x-expires=1000"
  })
  void notDroppedByARuleThatDidNotBite(String rules) {
    Map<String, String> arguments = new TreeMap<>();
    for (String rule : rules.split(";", -1)) {
      arguments.put(rule.split("=", -1)[0], rule.split("=", -1)[1]);
    }
    HistoryBuilder told = unseen(declared(2, arguments));
    none(told, DROPPED_BY_BROKER);
    onlyRoot(told, LOST_ITEMS);
  }

  @Test
  void whatAWorkerTookIsNotDroppedByARule() {
    HistoryBuilder told = declared(2, Map.of("x-max-length", "1", "x-message-ttl", "1"));
    told.after(6).starts("pod-0").jobStatus().connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), false).acks("pod-0");
    told.delivers("pod-0", FRUIT.get(1), false).acks("pod-0");
    none(idles(told), DROPPED_BY_BROKER);
    assertThat(diagnose(told).finding(LOST_ITEMS)).isPresent();
  }

  @Test
  void droppedByTheLimitThatABrokerSets() {
    Map<String, String> quorum = Map.of("x-queue-type", "quorum");
    onlyRoot(returned(21, quorum).of("4.3.2"), DROPPED_BY_BROKER);
    none(returned(20, quorum).of("4.3.2"), DROPPED_BY_BROKER);
    none(returned(21, quorum).of("3.13.7"), DROPPED_BY_BROKER);
    none(returned(21, Map.of("x-queue-type", "classic")).of("4.3.2"), DROPPED_BY_BROKER);
    none(
        returned(30, Map.of("x-queue-type", "quorum", "x-delivery-limit", "-1")).of("4.3.2"),
        DROPPED_BY_BROKER);
  }

  /** Of two items the first is gone a while later, and a worker was given the second alone. */
  private static HistoryBuilder unseen(HistoryBuilder told) {
    told.after(6).starts("pod-0").jobStatus().connects("pod-0");
    told.delivers("pod-0", FRUIT.get(1), false).works("pod-0", FRUIT.get(1)).acks("pod-0");
    told.disconnects("pod-0").succeeds("pod-0").starts("pod-1").jobStatus().connects("pod-1");
    return idles(told, "pod-1");
  }

  /** An item that comes back so often, and then is gone. */
  private static HistoryBuilder returned(int times, Map<String, String> arguments) {
    HistoryBuilder told = declared(1, arguments).starts("pod-0").jobStatus();
    for (int i = 0; i < times; i++) {
      told.connects("pod-0").delivers("pod-0", FRUIT.get(0), i > 0).disconnects("pod-0");
    }
    return idles(told.connects("pod-0"));
  }

  private static HistoryBuilder declared(int items, Map<String, String> arguments) {
    HistoryBuilder told = new HistoryBuilder();
    told.add(Source.BROKER, new QueueArguments(QUEUE, arguments));
    return told.publish(FRUIT.subList(0, items)).job(items, 1);
  }

  private static HistoryBuilder idles(HistoryBuilder told) {
    return idles(told, "pod-0");
  }

  private static HistoryBuilder idles(HistoryBuilder told, String pod) {
    told.depth(0, 0, 1).after(11).depth(0, 0, 1).logRead(pod);
    return told.finalState();
  }

  @Test
  void notLostWhereADeletedPodMayHaveWorkedUnseen() {
    none(deletedBeforeItWasSeenToRun("ContainerCreating"), LOST_ITEMS);
    HistoryBuilder withoutImage = deletedBeforeItWasSeenToRun("ImagePullBackOff");
    assertThat(diagnose(withoutImage).finding(LOST_ITEMS)).isPresent();
  }

  private static HistoryBuilder deletedBeforeItWasSeenToRun(String reason) {
    HistoryBuilder told = workOff(begun(), 0, 7).pending("pod-7").waits("pod-7", reason, "");
    return told.jobDeleted().deletes("pod-7").gone("pod-7").ends(0, 0, 0);
  }

  @Test
  void notLostWhileALogIsUnread() {
    HistoryBuilder told = workOff(begun(), 0, 8).jobCompletes();
    told.add(
        Source.PODS,
        new ContainerState(
            told.ref("pod-0"),
            "other",
            Running.TERMINATED,
            "Completed",
            "",
            0,
            HistoryBuilder.START,
            HistoryBuilder.START,
            0,
            null));
    none(told.publish(Item.of(9, "quince"), true).ends(0, 0, 0), LOST_ITEMS);
  }

  @Test
  void duplicated() {
    HistoryBuilder told = begun();
    told.starts("pod-0").jobStatus().after(1);
    told.works("pod-0", FRUIT.get(0)).works("pod-0", FRUIT.get(0)).succeeds("pod-0");
    onlyRoot(workOff(told, 1, 8).jobCompletes().ends(0, 0, 0), DUPLICATED_ITEMS);
    none(deliveredNotAcked(), DUPLICATED_ITEMS);
  }

  @Test
  void equalItemsAreNoDuplicates() {
    HistoryBuilder told = new HistoryBuilder().publish("same", "same").job(2, 2);
    told.worksOff("a", Item.of(0, "same")).worksOff("b", Item.of(1, "same"));
    onlyRoot(told.jobCompletes().ends(0, 0, 0), ALL_PROCESSED);
  }

  @Test
  void unexpected() {
    HistoryBuilder told = workOff(begun(9), 0, 8).worksOff("pod-8", Item.of(8, "pear"));
    onlyRoot(told.jobCompletes().ends(0, 0, 0), UNEXPECTED_ITEMS);
  }

  @Test
  void republishedItemsAreUnexpectedAndNotFalseSuccesses() {
    HistoryBuilder told = workOff(begun(), 0, 8).jobCompletes();
    told.add(Source.BROKER, new BrokerCounters(QUEUE, 16, 8, 0, 0, 8, told.now()));
    onlyRoot(told.ends(8, 0, 0), UNEXPECTED_ITEMS);
    consequence(told, LEFTOVER_ITEMS, UNEXPECTED_ITEMS);
  }

  @Test
  void corrupted() {
    HistoryBuilder told = workOff(begun(), 0, 7).worksOff("pod-7", Item.of(7, "MELON"));
    onlyRoot(told.jobCompletes().ends(0, 0, 0), CORRUPTED_ITEMS);
    none(told, UNEXPECTED_ITEMS);
    assertThat(diagnose(told).finding(CORRUPTED_ITEMS).orElseThrow().message())
        .isEqualTo("1 item was altered on the way: workers read \"MELON\"");
    none(HistoryBuilder.soundRun(FRUIT), CORRUPTED_ITEMS);
  }

  /** Pods on the wire, each of which shows this part of the item that it was given. */
  private static HistoryBuilder showing(List<Item> items, UnaryOperator<String> part) {
    HistoryBuilder told = new HistoryBuilder().publish(items).job(items.size(), 1);
    for (int i = 0; i < items.size(); i++) {
      String pod = "pod-" + i;
      Item item = items.get(i);
      told.starts(pod).jobStatus().connects(pod).delivers(pod, item, false);
      told.works(pod, Item.of(item.id(), part.apply(item.preview()))).acks(pod);
      told.disconnects(pod).succeeds(pod);
    }
    return told.jobCompletes().ends(0, 0, 0);
  }

  @Test
  void corruptedToWhatAnotherItemIs() {
    List<Item> items = Items.ofTutorial(17);
    HistoryBuilder told = showing(items, text -> text.replaceAll("-.*", ""));
    onlyRoot(told, CORRUPTED_ITEMS);
    none(told, DUPLICATED_ITEMS);
    none(told, LOST_ITEMS);
    Finding finding = diagnose(told).finding(CORRUPTED_ITEMS).orElseThrow();
    assertThat(finding.message())
        .isEqualTo(
            "9 items were altered on the way: workers read \"apple\" of \"apple-2\", \"banana\" of"
                + " \"banana-2\", \"cherry\" of \"cherry-2\"");
    assertThat(finding.items()).hasSize(9).doesNotContain(items.get(0));
  }

  @Test
  void whatEachPodShowsOfWhatItWasGivenIsNotCorrupted() {
    onlyRoot(showing(Items.ofTutorial(17), text -> text), ALL_PROCESSED);
  }

  @Test
  void redelivered() {
    onlyRoot(deliveredNotAcked(), REDELIVERED_ITEMS);
    none(ackedNotExited(11), REDELIVERED_ITEMS);
  }

  @Test
  void redeliveredOnTheWire() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), false).disconnects("pod-0");
    told.restarts("pod-0", 137, "Error").connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), true).works("pod-0", FRUIT.get(0)).acks("pod-0");
    told.disconnects("pod-0").succeeds("pod-0");
    for (int i = 1; i < 8; i++) {
      worksOnWire(told, i);
    }
    onlyRoot(told.jobCompletes().ends(0, 0, 0), REDELIVERED_ITEMS);
  }

  @Test
  void notRedeliveredWhatWasOnlyPushedAhead() {
    HistoryBuilder told = begun();
    for (int i = 0; i < 8; i++) {
      worksOnWire(told, i);
    }
    onlyRoot(told.jobCompletes().ends(0, 0, 0), ALL_PROCESSED);
  }

  /** As a broker does, it pushes the next item as soon as one is acked, and gets it back. */
  private static void worksOnWire(HistoryBuilder told, int i) {
    String pod = "pod-" + i;
    told.starts(pod).jobStatus().connects(pod).delivers(pod, FRUIT.get(i), i > 0).after(1);
    told.works(pod, FRUIT.get(i)).acks(pod);
    if (i < 7) {
      told.delivers(pod, FRUIT.get(i + 1), false);
    }
    told.disconnects(pod).succeeds(pod);
  }

  @Test
  void hoarded() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus();
    told.consumers(new Consumer("t", "c", 10, true, 8, "10.42.0.9", "pod-0")).after(1);
    onlyRoot(told.works("pod-0", FRUIT.get(0)).depth(0, 8, 1), HOARDED_ITEMS);
    HistoryBuilder modest = begun().starts("pod-0").jobStatus();
    none(
        modest.consumers(new Consumer("t", "c", 10, true, 1, "10.42.0.9", "pod-0")), HOARDED_ITEMS);
  }

  @Test
  void hoardedOnTheWire() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), false).delivers("pod-0", FRUIT.get(1), false);
    onlyRoot(told.depth(6, 2, 1), HOARDED_ITEMS);
    HistoryBuilder oneByOne = begun().starts("pod-0").jobStatus().connects("pod-0");
    oneByOne.delivers("pod-0", FRUIT.get(0), false).acks("pod-0");
    none(oneByOne.delivers("pod-0", FRUIT.get(1), false), HOARDED_ITEMS);
  }

  @Test
  void foreignConsumer() {
    HistoryBuilder told = new HistoryBuilder().publish(FRUIT).depth(0, 1, 1).job(8, 2);
    told.after(20).starts("pod-0").jobStatus().depth(0, 0, 2);
    onlyRoot(told, FOREIGN_CONSUMER);
    // A pod that the watch shows a moment later.
    none(begun().depth(7, 1, 1).starts("pod-0").jobStatus(), FOREIGN_CONSUMER);
    none(begun().starts("pod-0").starts("pod-1").jobStatus().depth(6, 2, 2), FOREIGN_CONSUMER);
    // A run that ended may still be connected for a moment.
    none(
        begun().starts("pod-0").jobStatus().succeeds("pod-0").starts("pod-1").depth(6, 2, 2),
        FOREIGN_CONSUMER);
    // But not for long: what is left then is somebody else.
    onlyRoot(
        workOff(begun(), 0, 2).starts("pod-2").jobStatus().after(20).depth(4, 2, 2).finalState(),
        FOREIGN_CONSUMER);
    // A node that was lost keeps its connection, and nobody sees its runs end.
    none(
        begun().starts("pod-0").starts("pod-1").gone("pod-0").after(20).depth(6, 2, 2).finalState(),
        FOREIGN_CONSUMER);
  }

  // the Job against its items

  @Test
  void whoDrainsAQueueAndEndsWellHasAckedWhatItWorkedOn() {
    onlyRoot(drains(told -> told.disconnects("pod-1")), FALSE_SUCCESS);
    Diagnosis diagnosis = diagnose(drains(told -> told.disconnects("pod-1")));
    assertThat(diagnosis.finding(FALSE_SUCCESS).orElseThrow().message())
        .isEqualTo(
            "1 pod succeeded on queue job1 and never acked 1 item that it had worked on, says the"
                + " wire");

    none(drains(told -> told.acks("pod-1").disconnects("pod-1")), FALSE_SUCCESS);
    none(
        drains(
            told ->
                told.add(Source.WIRE, new Rejected("to-pod-1", 1, 2, false, true))
                    .disconnects("pod-1")),
        FALSE_SUCCESS);
    none(
        drains(
            told ->
                told.add(
                    Source.WIRE, new ConnectionEnded("to-pod-1", End.BROKEN, false, "broker"))),
        FALSE_SUCCESS);
    none(drains(told -> told.deletes("pod-1").disconnects("pod-1")), FALSE_SUCCESS);
  }

  /** One pod acks the first of its two items and ends well, another one works on what came back. */
  private static HistoryBuilder drains(UnaryOperator<HistoryBuilder> end) {
    Item first = FRUIT.get(0);
    Item second = FRUIT.get(1);
    HistoryBuilder told =
        new HistoryBuilder()
            .publish(List.of(first, second))
            .job(1, 2)
            .spec(spec -> spec.withCompletions(null))
            .starts("pod-1")
            .connects("pod-1")
            .delivers("pod-1", first, false)
            .works("pod-1", first)
            .acks("pod-1")
            .delivers("pod-1", second, false)
            .works("pod-1", second);
    return end.apply(told)
        .succeeds("pod-1")
        .starts("pod-2")
        .connects("pod-2")
        .delivers("pod-2", second, true)
        .works("pod-2", second)
        .acks("pod-2")
        .disconnects("pod-2")
        .succeeds("pod-2")
        .jobCompletes()
        .ends(0, 0, 0);
  }

  @Test
  void falseSuccess() {
    onlyRoot(failingWorker(), FALSE_SUCCESS);
    Finding finding = diagnose(failingWorker()).finding(FALSE_SUCCESS).orElseThrow();
    assertThat(finding.message())
        .isEqualTo(
            "8 pods succeeded on queue job1 and only 0 items were acked, says the queue's depth");
    assertThat(finding.items()).hasSize(8);
    assertThat(finding.pods()).hasSize(8);
    consequence(failingWorker(), LEFTOVER_ITEMS, FALSE_SUCCESS);
    none(fewerCompletions(), FALSE_SUCCESS);
  }

  @Test
  void acksThatABrokerMayHaveLostMakeNoSuccessFalse() {
    HistoryBuilder told = workOff(begun(), 0, 8).jobCompletes().after(3);
    told.gap(Source.BROKER);
    none(told.ends(1, 0, 0), FALSE_SUCCESS);
    HistoryBuilder before = begun();
    before.gap(Source.BROKER).after(3);
    onlyRoot(workOff(before, 0, 8).jobCompletes().ends(1, 0, 0), FALSE_SUCCESS);
  }

  @Test
  void waitingForWork() {
    onlyRoot(moreCompletions(11), WAITING_FOR_WORK);
    Finding finding = diagnose(moreCompletions(11)).finding(WAITING_FOR_WORK).orElseThrow();
    assertThat(finding.message())
        .isEqualTo(
            "2 pods of Job demo/job-wq-1 idle on empty queue job1, and it wants 2 more successes of 10");
    assertThat(finding.pods()).containsExactly("pod-8", "pod-9");
    assertThat(finding.remedy())
        .isEqualTo(
            "for i in $(seq 2); do amqp-publish --url=$BROKER_URL -r job1 -p -b item-$i; done");
  }

  /** Two pods of a Deployment that share the items, and one of which says nothing about its end. */
  private static HistoryBuilder serving() {
    HistoryBuilder told =
        new HistoryBuilder()
            .publish(FRUIT)
            .job(
                new JobSpecBuilder(1, 2)
                    .withCompletions(null)
                    .withRestartPolicy("Always")
                    .withQueue(HistoryBuilder.QUEUE)
                    .withBrokerUrl("amqp://guest:guest@rabbitmq-service:5672"));
    for (String pod : List.of("pod-0", "pod-1")) {
      told.starts(pod).connects(pod);
    }
    for (Item item : FRUIT) {
      String pod = "pod-" + item.id() % 2;
      told.delivers(pod, item, false).works(pod, item).acks(pod);
    }
    return told.jobIs(2, 0);
  }

  @Test
  void aDeploymentThatHasServedItsQueueWaitsForWork() {
    HistoryBuilder told = serving().depth(0, 0, 2).after(11).depth(0, 0, 2);
    onlyRoot(told, WAITING_FOR_WORK);
    none(told, NOT_EXITED);
    none(told, ACKED_BUT_NOT_REPORTED);
    assertThat(diagnose(told).finding(WAITING_FOR_WORK).orElseThrow().message())
        .isEqualTo("2 pods of Deployment demo/job-wq-1 idle on empty queue job1");
  }

  @Test
  void aDeploymentIsStoppedByTheHarness() {
    HistoryBuilder told = serving();
    for (String pod : List.of("pod-0", "pod-1")) {
      told.deletes(pod).disconnects(pod).exits(pod, 143, "Error").gone(pod);
    }
    told.jobIs(0, 0, Condition.of("Complete", "True", "Served", "")).ends(0, 0, 0);
    onlyRoot(told, ALL_PROCESSED);
  }

  /** Two pods without a consumer on the empty queue, of which one asks this often. */
  private static HistoryBuilder asking(int times) {
    HistoryBuilder told = new HistoryBuilder().depth(0, 0, 0).job(2, 2);
    told.starts("pod-8").starts("pod-9").jobStatus();
    for (String pod : List.of("pod-8", "pod-9")) {
      told.add(Source.WIRE, new ConnectionOpened("to-" + pod, "10.42.0.9", pod));
    }
    told.depth(0, 0, 0);
    for (int i = 0; i < times; i++) {
      told.after(3).add(Source.WIRE, new QueueFoundEmpty("to-pod-8", 1, QUEUE));
      told.add(Source.WIRE, new QueueFoundEmpty("to-pod-9", 1, QUEUE));
    }
    return told.depth(0, 0, 0).logRead("pod-8").logRead("pod-9").finalState();
  }

  @Test
  void waitingForWorkByAskingForIt() {
    onlyRoot(asking(4), WAITING_FOR_WORK);
    onlyRoot(asking(3), STILL_WORKING);
  }

  @Test
  void askedOnceAndThenSilentIsNotWaiting() {
    onlyRoot(asking(1).after(12).depth(0, 0, 0).finalState(), STILL_WORKING);
  }

  @Test
  void notWaitingForWorkBeforeTheWindowIsOver() {
    onlyRoot(moreCompletions(9), STILL_WORKING);
  }

  @Test
  void notWaitingForWorkWhileAnItemIsHeldOrTheQueueWasNotAskedForUnacked() {
    HistoryBuilder held = workOff(begun(), 0, 7).starts("pod-7").jobStatus();
    onlyRoot(held.depth(0, 1, 1).after(30).depth(0, 1, 1), STILL_WORKING);
    HistoryBuilder unasked = workOff(begun(10), 0, 8).starts("pod-8").jobStatus();
    onlyRoot(unasked.depthByAmqp(0, 1).after(30).depthByAmqp(0, 1), STILL_WORKING);
  }

  @Test
  void notWaitingForWorkWhenMoreIsPublished() {
    HistoryBuilder told = moreCompletions(11);
    none(told.publish(Item.of(8, "nectarine"), true), WAITING_FOR_WORK);
  }

  @Test
  void ackedButNotReported() {
    onlyRoot(ackedNotExited(11), ACKED_BUT_NOT_REPORTED);
    Finding finding = diagnose(ackedNotExited(11)).finding(ACKED_BUT_NOT_REPORTED).orElseThrow();
    assertThat(finding.message())
        .isEqualTo("1 item was acked by a run whose success was never reported (pod-0)");
    assertThat(finding.items()).extracting(Item::preview).containsExactly("apple");
    consequence(ackedNotExited(11), WAITING_FOR_WORK, ACKED_BUT_NOT_REPORTED);
    none(deliveredNotAcked(), ACKED_BUT_NOT_REPORTED);
  }

  @Test
  void ackedButNotReportedOnTheWire() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), false).works("pod-0", FRUIT.get(0)).acks("pod-0");
    told.after(1).restarts("pod-0", 137, "Error").depth(7, 0, 1);
    assertThat(diagnose(told).roots()).containsExactly(ACKED_BUT_NOT_REPORTED);
    HistoryBuilder notAcked = begun().starts("pod-0").jobStatus().connects("pod-0");
    notAcked.delivers("pod-0", FRUIT.get(0), false).works("pod-0", FRUIT.get(0));
    none(notAcked.disconnects("pod-0").restarts("pod-0", 137, "Error"), ACKED_BUT_NOT_REPORTED);
  }

  @Test
  void whoIsGivenAnItemAgainWorksOnItAgain() {
    HistoryBuilder told = begun(1).starts("pod-0").jobStatus().connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), false).works("pod-0", FRUIT.get(0)).disconnects("pod-0");
    givenAgain(told).works("pod-0", FRUIT.get(0));
    told.add(Source.WIRE, new Acked("again", 1, 1, false));
    told.succeeds("pod-0").jobCompletes().ends(7, 0, 0);
    none(told, DUPLICATED_ITEMS);
    assertThat(diagnose(told).roots()).contains(REDELIVERED_ITEMS);

    HistoryBuilder twice = begun(1).starts("pod-0").jobStatus().connects("pod-0");
    twice.delivers("pod-0", FRUIT.get(0), false).works("pod-0", FRUIT.get(0)).disconnects("pod-0");
    givenAgain(twice).works("pod-0", FRUIT.get(0)).works("pod-0", FRUIT.get(0));
    twice.add(Source.WIRE, new Acked("again", 1, 1, false));
    assertThat(diagnose(twice.succeeds("pod-0").ends(7, 0, 0)).roots()).contains(DUPLICATED_ITEMS);

    HistoryBuilder kept = begun(1).starts("pod-0").jobStatus().connects("pod-0");
    kept.delivers("pod-0", FRUIT.get(0), false).works("pod-0", FRUIT.get(0));
    kept.works("pod-0", FRUIT.get(0)).acks("pod-0").disconnects("pod-0");
    assertThat(diagnose(kept.succeeds("pod-0").ends(7, 0, 0)).roots()).contains(DUPLICATED_ITEMS);
  }

  private static HistoryBuilder givenAgain(HistoryBuilder told) {
    told.add(Source.WIRE, new ConnectionOpened("again", "10.42.0.9", "pod-0"));
    told.add(Source.WIRE, new ConsumerStarted("again", 1, QUEUE, "ctag", 1, true));
    return told.add(
        Source.WIRE, new Delivered("again", 1, 1, QUEUE, true, true, Payload.of(FRUIT.get(0))));
  }

  @Test
  void whatWasAckedAndNotWorkedOnIsLostWhateverIsReported() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), false).acks("pod-0").after(1);
    told.disconnects("pod-0").restarts("pod-0", 137, "Error");
    for (Item item : FRUIT.subList(1, 8)) {
      String pod = "pod-" + item.id();
      told.starts(pod).jobStatus().connects(pod).delivers(pod, item, false).works(pod, item);
      told.acks(pod).disconnects(pod).succeeds(pod);
    }
    told.depth(0, 0, 1).after(11).depth(0, 0, 1).logRead("pod-0").finalState();
    onlyRoot(told, LOST_ITEMS);
    none(told, ACKED_BUT_NOT_REPORTED);
    consequence(told, WAITING_FOR_WORK, LOST_ITEMS);
  }

  @Test
  void ackedButNotReportedOnAConnectionOfNobodyKnowsWho() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().connectsUnnamed("pod-0");
    told.delivers("pod-0", FRUIT.get(0), false).works("pod-0", FRUIT.get(0)).acks("pod-0");
    told.after(1).restarts("pod-0", 137, "Error").depth(7, 0, 1).finalState();
    assertThat(diagnose(told).roots()).containsExactly(ACKED_BUT_NOT_REPORTED);
  }

  @Test
  void ackedByAPodThatWasDeletedAndStillFinished() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().deletes("pod-0").after(5);
    told.works("pod-0", FRUIT.get(0)).exits("pod-0", 0, "Completed").gone("pod-0");
    workOff(told, 1, 8).starts("pod-8").jobStatus();
    told.depth(0, 0, 1).after(11).depth(0, 0, 1).logRead("pod-8").finalState();
    onlyRoot(told, ACKED_BUT_NOT_REPORTED);
  }

  @Test
  void ackedByAPodThatWasDeletedAndWasSeenToSucceedOnItsWayOut() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().deletes("pod-0").after(5);
    told.works("pod-0", FRUIT.get(0)).exits("pod-0", 0, "Completed");
    told.podIs("pod-0", "Succeeded", "", "", told.now().plusSeconds(25)).gone("pod-0");
    workOff(told, 1, 8).starts("pod-8").jobIs(1, 7);
    told.depth(0, 0, 1).after(11).depth(0, 0, 1).logRead("pod-8").finalState();
    onlyRoot(told, ACKED_BUT_NOT_REPORTED);
    consequence(told, WAITING_FOR_WORK, ACKED_BUT_NOT_REPORTED);
    none(told, CONTROLLER_INACTIVE);
  }

  @Test
  void stillWorking() {
    onlyRoot(workOff(begun(), 0, 3).starts("pod-3").jobStatus().depth(4, 1, 1), STILL_WORKING);
    none(HistoryBuilder.soundRun(FRUIT), STILL_WORKING);
    none(moreCompletions(11), STILL_WORKING);
  }

  @Test
  void noWorkers() {
    onlyRoot(new HistoryBuilder().publish(FRUIT).job(8, 0).ends(8, 0, 0), NO_WORKERS);
    none(begun(), NO_WORKERS);
  }

  @Test
  void sourcesDisagree() {
    HistoryBuilder told = workOff(begun(), 0, 8).jobCompletes();
    told.add(Source.BROKER, new BrokerCounters(QUEUE, 8, 9, 0, 0, 9, told.now()));
    onlyRoot(told.ends(0, 0, 0), SOURCES_DISAGREE);
    HistoryBuilder lagging = workOff(begun(), 0, 8).jobCompletes();
    lagging.add(Source.BROKER, new BrokerCounters(QUEUE, 8, 7, 0, 0, 7, HistoryBuilder.START));
    onlyRoot(lagging.ends(0, 0, 0), ALL_PROCESSED);
    none(lagging, SOURCES_DISAGREE);
  }

  @Test
  void whatWasHeldWhenAJobFailedIsNotWhatIsHeldInTheEnd() {
    HistoryBuilder told = begun().starts("pod-0").connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), false).jobFails("BackoffLimitExceeded").depth(7, 1, 1);
    told.after(1).works("pod-0", FRUIT.get(0)).acks("pod-0").exits("pod-0", 0, "Completed");
    told.depthByAmqp(7, 0);
    told.add(Source.BROKER, new BrokerCounters(QUEUE, 8, 1, 0, 0, 1, told.now()));
    none(told.finalState(), SOURCES_DISAGREE);
    told.depth(7, 1, 0);
    assertThat(diagnose(told).roots()).contains(SOURCES_DISAGREE);
  }

  // broker

  @Test
  void brokerUnreachable() {
    onlyRoot(
        crashing(1, "opening socket to rabbitmq-service:5672: a socket error occurred"),
        BROKER_UNREACHABLE);
    onlyRoot(crashing(1, "opening socket to rabbitmq-service:5672"), BROKER_UNREACHABLE);
    onlyRoot(
        begun().starts("pod-0").jobStatus().probe(Try.CONNECT, Outcome.REFUSED, "refused"),
        BROKER_UNREACHABLE);
    consequence(
        givenUp(1, "opening socket to rabbitmq-service:5672: a socket error occurred"),
        BACKOFF_LIMIT_EXCEEDED,
        BROKER_UNREACHABLE);
  }

  @Test
  void brokerThatCameBackWithoutItsQueueIsReachable() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().after(1);
    told.prints("pod-0", "opening socket: Connection refused").restarts("pod-0", 1, "Error");
    told.after(1).prints("pod-0", "NOT_FOUND - no queue 'job1' in vhost '/'").backsOff("pod-0", 1);
    assertThat(diagnose(told).roots()).containsExactly(QUEUE_MISSING);
    HistoryBuilder goneAgain = begun().starts("pod-0").jobStatus().after(1);
    goneAgain.prints("pod-0", "NOT_FOUND - no queue 'job1' in vhost '/'");
    goneAgain.restarts("pod-0", 1, "Error").after(1);
    goneAgain.prints("pod-0", "opening socket: Connection refused").backsOff("pod-0", 1);
    assertThat(diagnose(goneAgain).roots()).containsExactly(BROKER_UNREACHABLE);
  }

  @Test
  void brokerReachableInTheEndIsNoCause() {
    HistoryBuilder told = crashing(1, "opening socket to rabbitmq-service:5672: socket error");
    told.starts("pod-0").after(1).works("pod-0", FRUIT.get(0)).succeeds("pod-0");
    onlyRoot(workOff(told, 1, 8).jobCompletes().ends(0, 0, 0), ALL_PROCESSED);
    // The kubelet of 1.20 gives a container that backs off the number of its next run.
    HistoryBuilder ahead = begun().starts("pod-0").jobStatus().after(1);
    ahead.prints("pod-0", "opening socket to rabbitmq-service:5672").backsOffAhead("pod-0", 1);
    ahead.after(10).starts("pod-0").after(1).works("pod-0", FRUIT.get(0)).succeeds("pod-0");
    onlyRoot(workOff(ahead, 1, 8).jobCompletes().ends(0, 0, 0), ALL_PROCESSED);
    none(
        begun()
            .starts("pod-0")
            .probe(Try.CONNECT, Outcome.REFUSED, "")
            .probe(Try.CONNECT, Outcome.OK, ""),
        BROKER_UNREACHABLE);
    none(begun().probe(Try.CONNECT, Outcome.NOT_TRIED, ""), BROKER_UNREACHABLE);
  }

  @Test
  void brokerThatWentSilent() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().connects("pod-0");
    told.add(Source.WIRE, new ConnectionEnded("to-pod-0", End.SILENT, false, ""));
    onlyRoot(told, BROKER_UNREACHABLE);
    none(told.add(Source.WIRE, new ConnectionOpened("again", "", "pod-0")), BROKER_UNREACHABLE);

    HistoryBuilder healed = begun().starts("pod-0").jobStatus().connects("pod-0");
    healed.add(Source.WIRE, new ConnectionEnded("to-pod-0", End.SILENT, false, ""));
    none(healed.add(Source.WIRE, new Released("to-pod-0", "healed")), BROKER_UNREACHABLE);
    onlyRoot(
        healed.add(Source.WIRE, new ConnectionEnded("to-pod-0", End.SILENT, false, "")),
        BROKER_UNREACHABLE);
  }

  @Test
  void brokerRefusedLogin() {
    onlyRoot(
        crashing(
            1,
            "logging in to AMQP server: server connection error 403, message: ACCESS_REFUSED -"
                + " Login was refused using authentication mechanism PLAIN"),
        BROKER_REFUSED_LOGIN);
    none(crashing(1, "no more fruit"), BROKER_REFUSED_LOGIN);
  }

  @Test
  void brokerBlocked() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus();
    onlyRoot(told.add(Source.BROKER, new BrokerAlarm(Alarm.MEMORY, true, "")), BROKER_BLOCKED);
    none(told.add(Source.BROKER, new BrokerAlarm(Alarm.MEMORY, false, "")), BROKER_BLOCKED);
  }

  @Test
  void queueMissing() {
    onlyRoot(
        crashing(
            1,
            "basic.consume: server channel error 404, message: NOT_FOUND - no queue 'job1' in"
                + " vhost '/'"),
        QUEUE_MISSING);
    // So says Apache Qpid Broker-J.
    onlyRoot(
        crashing(1, "basic.consume: server channel error 404, message: No such queue, 'job1'"),
        QUEUE_MISSING);
    onlyRoot(begun().starts("pod-0").jobStatus().queueMissing(), QUEUE_MISSING);
    none(
        new HistoryBuilder().queueMissing().publish(FRUIT).depth(8, 0, 0).job(8, 2), QUEUE_MISSING);
  }

  @Test
  void itemsLostWithTheirQueue() {
    HistoryBuilder told = workOff(begun(), 0, 2).queueMissing().finalState();
    consequence(told, LOST_ITEMS, QUEUE_MISSING);
  }

  @Test
  void serviceNotResolved() {
    onlyRoot(
        crashing(1, "opening socket to rabbitmq-service:5672: hostname lookup failed"),
        SERVICE_NOT_RESOLVED);
    consequence(
        crashing(1, "opening socket to rabbitmq-service:5672: hostname lookup failed"),
        CRASH_LOOP,
        SERVICE_NOT_RESOLVED);
    none(begun().probe(Try.LOOK_UP, Outcome.OK, "10.43.0.7"), SERVICE_NOT_RESOLVED);
    // What amqp-tools 0.11 prints tells no reason: whether there is such a Service does.
    String silent = "opening socket to rabbitmq-service:5672";
    onlyRoot(crashing(1, silent).service(false), SERVICE_NOT_RESOLVED);
    HistoryBuilder itsOwn = crashing(1, "socket.gaierror: Name or service not known");
    onlyRoot(itsOwn.service(true), SERVICE_NOT_RESOLVED);
    assertThat(diagnose(itsOwn).finding(SERVICE_NOT_RESOLVED).orElseThrow().message())
        .isEqualTo(
            "workers look a name up that has no address, and Service rabbitmq-service of their"
                + " BROKER_URL is there: they use another name, or the cluster's DNS does not answer");
    for (String named :
        List.of(
            "dial tcp: lookup rabbit on 10.43.0.10:53: no such host",
            "Error: getaddrinfo ENOTFOUND rabbit",
            "java.net.UnknownHostException: rabbit",
            "opening socket to rabbit:5672")) {
      HistoryBuilder toItsOwn = crashing(1, named).service(true);
      onlyRoot(toItsOwn, SERVICE_NOT_RESOLVED);
      assertThat(diagnose(toItsOwn).finding(SERVICE_NOT_RESOLVED).orElseThrow().message())
          .isEqualTo(
              "workers look up rabbit, which has no address, and were given rabbitmq-service");
    }
    // Where nobody listens at an address of their own, a name is not to blame.
    HistoryBuilder local = crashing(1, "opening socket to localhost:5672").service(true);
    onlyRoot(local, BROKER_UNREACHABLE);
    assertThat(diagnose(local).finding(BROKER_UNREACHABLE).orElseThrow().message())
        .isEqualTo(
            "the broker cannot be reached: workers connect to localhost, and were given"
                + " rabbitmq-service");
    consequence(crashing(1, silent).service(false), BROKER_UNREACHABLE, SERVICE_NOT_RESOLVED);
    none(crashing(1, silent).service(true), SERVICE_NOT_RESOLVED);
    none(
        crashing(1, silent).service(false).probe(Try.LOOK_UP, Outcome.OK, "10.43.0.7"),
        SERVICE_NOT_RESOLVED);
    none(begun().service(false), SERVICE_NOT_RESOLVED);
  }

  @Test
  void serviceWithoutEndpoints() {
    HistoryBuilder told = crashing(1, "opening socket to rabbitmq-service:5672: socket error");
    onlyRoot(told.endpoints(), SERVICE_WITHOUT_ENDPOINTS);
    assertThat(diagnose(told).finding(CRASH_LOOP).orElseThrow().message())
        .isEqualTo(
            "containers fail and restart in 1 pod of Job demo/job-wq-1, because Service"
                + " demo/rabbitmq-service has no endpoints");
    consequence(told, BROKER_UNREACHABLE, SERVICE_WITHOUT_ENDPOINTS);
    none(told.endpoints("10.42.0.3"), SERVICE_WITHOUT_ENDPOINTS);
  }

  @Test
  void aQueueThatNoJobWorksOnIsNobodysWork() {
    HistoryBuilder told = HistoryBuilder.soundRun(FRUIT);
    Item hello = Item.of(0, "Hello");
    told.add(Source.PUBLISHER, new ItemPublished("foo", 0, Payload.of(hello), true));
    told.add(Source.BROKER, new QueueDepth("foo", true, 0, 0, 0, Asked.CTL, told.now()));
    onlyRoot(told.finalState(), ALL_PROCESSED);
  }

  @Test
  void podsThatAJobDeletesAsItGivesUpDoNotIgnoreTerminationOfThemselves() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().after(5).deletes("pod-0");
    told.jobFails("DeadlineExceeded").after(30).exits("pod-0", 137, "Error").gone("pod-0");
    onlyRoot(told.ends(8, 0, 0), DEADLINE_EXCEEDED);
    consequence(told, IGNORED_TERMINATION, DEADLINE_EXCEEDED);
  }

  @Test
  void anotherTargetsProbeHidesNothing() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus();
    told.probe(Try.CONNECT, Outcome.REFUSED, "refused");
    told.add(Source.PROBES, new Probe(Try.CONNECT, "elsewhere:5672", "harness", Outcome.OK, ""));
    onlyRoot(told, BROKER_UNREACHABLE);
  }

  // pods

  @Test
  void imageNotPullable() {
    onlyRoot(waitingFor("ImagePullBackOff", "Back-off pulling image"), IMAGE_NOT_PULLABLE);
    none(
        waitingFor("ErrImagePull", "no such host").starts("pod-0").jobStatus(), IMAGE_NOT_PULLABLE);
    none(waitingFor("ContainerCreating", ""), IMAGE_NOT_PULLABLE);
  }

  @Test
  void commandNotRunnable() {
    onlyRoot(
        waitingFor("RunContainerError", "exec: \"/worker.py\": permission denied"),
        COMMAND_NOT_RUNNABLE);
    onlyRoot(crashing(1, "execvp: Permission denied"), COMMAND_NOT_RUNNABLE);
    onlyRoot(crashing(127, "sh: 1: amqp-consume: not found"), COMMAND_NOT_RUNNABLE);
    onlyRoot(crashing(1, "exec /usr/bin/sh: exec format error"), COMMAND_NOT_RUNNABLE);
    // The tool hides that the interpreter is missing: the pods succeed.
    none(failingWorker(), COMMAND_NOT_RUNNABLE);
    none(crashing(1, "no more fruit"), COMMAND_NOT_RUNNABLE);
    String mounting = "error during container init: error mounting \"/var/lib/kubelet/pods/x\"";
    none(waitingFor("RunContainerError", mounting), COMMAND_NOT_RUNNABLE);
  }

  @Test
  void whatKeepsADeletedPodFromStartingIsNoFaultOfTheCommand() {
    HistoryBuilder unknown = begun().pending("pod-0").deletes("pod-0");
    none(unknown.failsPod("pod-0", 137, "ContainerStatusUnknown"), COMMAND_NOT_RUNNABLE);
    HistoryBuilder cancelled = begun().pending("pod-0").deletes("pod-0");
    none(cancelled.failsPod("pod-0", 128, "StartError"), COMMAND_NOT_RUNNABLE);
    HistoryBuilder before = begun().pending("pod-0").failsPod("pod-0", 128, "StartError").after(1);
    onlyRoot(before.deletes("pod-0"), COMMAND_NOT_RUNNABLE);
  }

  @Test
  void unschedulable() {
    Condition condition =
        Condition.of("PodScheduled", "False", "Unschedulable", "0/1 nodes are available");
    onlyRoot(
        begun().pending("pod-0").jobStatus().podIs("pod-0", "Pending", condition), UNSCHEDULABLE);
    none(
        begun().starts("pod-1").pending("pod-0").podIs("pod-0", "Pending", condition),
        UNSCHEDULABLE);
    none(begun().podIs("pod-0", "Pending", condition).starts("pod-0").jobStatus(), UNSCHEDULABLE);
  }

  @Test
  void quotaExceeded() {
    HistoryBuilder told = begun();
    told.add(
        Source.QUOTAS,
        new QuotaState("demo", "few-pods", Map.of("pods", "0"), Map.of("pods", "0")));
    told.warning(
        "Job", "job-wq-1", "FailedCreate", "pods \"x\" is forbidden: exceeded quota: few-pods");
    onlyRoot(told, QUOTA_EXCEEDED);
    none(told.starts("pod-0").jobStatus(), QUOTA_EXCEEDED);
  }

  @Test
  void admissionDenied() {
    HistoryBuilder told = begun();
    told.warning("Job", "job-wq-1", "FailedCreate", "admission webhook \"no\" denied the request");
    onlyRoot(told, ADMISSION_DENIED);
    none(begun().warning("Job", "another", "FailedCreate", "denied"), ADMISSION_DENIED);
  }

  @Test
  void crashLoop() {
    onlyRoot(crashing(1, "no more fruit"), WORKER_FAILED);
    consequence(crashing(1, "no more fruit"), CRASH_LOOP, WORKER_FAILED);
    HistoryBuilder once = begun().starts("pod-0").jobStatus();
    none(once.restarts("pod-0", 1, "Error"), CRASH_LOOP);
    none(crashing(1, "no more fruit").starts("pod-0").jobStatus(), CRASH_LOOP);
  }

  @Test
  void outOfMemory() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus();
    onlyRoot(told.restarts("pod-0", 137, "OOMKilled"), OUT_OF_MEMORY);
    none(deliveredNotAcked(), OUT_OF_MEMORY);
  }

  @Test
  void outOfMemoryByALimitOfTheNamespace() {
    assertThat(killed(Map.of("memory", "32Mi"), "small"))
        .isEqualTo(
            "1 run of Job demo/job-wq-1 was killed for want of memory: the limit of 32Mi was set by"
                + " LimitRange small, not by its manifest");
    assertThat(killed(Map.of("memory", "32Mi"), ""))
        .endsWith("the limit of 32Mi was set by a LimitRange, not by its manifest");
    // That of another resource kills nobody.
    assertThat(killed(Map.of("cpu", "1"), "small")).endsWith("killed for want of memory");
  }

  private static String killed(Map<String, String> limits, String limitRange) {
    HistoryBuilder told = begun().starts("pod-0").jobStatus();
    told.add(
        Source.PODS, new LimitsGiven(told.ref("pod-0"), HistoryBuilder.WORKER, limits, limitRange));
    told.restarts("pod-0", 137, "OOMKilled");
    onlyRoot(told, OUT_OF_MEMORY);
    return diagnose(told).finding(OUT_OF_MEMORY).orElseThrow().message();
  }

  /** What a pod with the workers' labels saw: an address of the name, of any name, and a way. */
  private static HistoryBuilder stoodIn(
      Outcome name, Outcome anyName, Outcome way, String... policies) {
    HistoryBuilder told = crashing(1, "opening socket to rabbitmq-service:5672").service(true);
    told.add(Source.PROBES, new StoodIn("wq-stand-in", Map.of("app", "jobs")));
    told.add(
        Source.PROBES,
        new ObjectsRead(
            "NetworkPolicy",
            "",
            200,
            "",
            Arrays.stream(policies).map(DiagnosisTest::policy).toList()));
    told.add(Source.PROBES, new Probe(Try.LOOK_UP, "rabbitmq-service", "wq-stand-in", name, ""));
    told.add(
        Source.PROBES, new Probe(Try.LOOK_UP, "kubernetes.default", "wq-stand-in", anyName, ""));
    told.add(
        Source.PROBES, new Probe(Try.CONNECT, "rabbitmq-service:5672", "wq-stand-in", way, ""));
    return told.depth(8, 0, 0);
  }

  /** One that selects pods of an application for what goes out. */
  private static Map<String, Object> policy(String application) {
    return Map.of(
        "name",
        "of-" + application,
        "spec",
        Map.of(
            "podSelector",
            Map.of("matchLabels", Map.of("app", application)),
            "policyTypes",
            List.of("Egress")));
  }

  @Test
  void trafficBlocked() {
    HistoryBuilder told = stoodIn(Outcome.OK, Outcome.OK, Outcome.NO_ANSWER, "jobs");
    onlyRoot(told, TRAFFIC_BLOCKED);
    consequence(told, BROKER_UNREACHABLE, TRAFFIC_BLOCKED);
    assertThat(diagnose(told).finding(TRAFFIC_BLOCKED).orElseThrow().message())
        .isEqualTo(
            "pods with the workers' labels do not reach rabbitmq-service:5672, while the broker"
                + " answers from elsewhere: NetworkPolicy of-jobs selects them");
    HistoryBuilder noNames =
        stoodIn(Outcome.NOT_FOUND, Outcome.NOT_FOUND, Outcome.NO_ANSWER, "jobs");
    onlyRoot(noNames, TRAFFIC_BLOCKED);
    consequence(noNames, SERVICE_NOT_RESOLVED, TRAFFIC_BLOCKED);
    assertThat(diagnose(noNames).finding(TRAFFIC_BLOCKED).orElseThrow().message())
        .startsWith("pods with the workers' labels find no address of rabbitmq-service");
  }

  @Test
  void noTrafficIsBlockedByAPolicyThatSelectsOthersOrByNone() {
    none(stoodIn(Outcome.OK, Outcome.OK, Outcome.NO_ANSWER, "other"), TRAFFIC_BLOCKED);
    none(stoodIn(Outcome.OK, Outcome.OK, Outcome.NO_ANSWER), TRAFFIC_BLOCKED);
    none(stoodIn(Outcome.OK, Outcome.OK, Outcome.REFUSED, "jobs"), TRAFFIC_BLOCKED);
    none(stoodIn(Outcome.OK, Outcome.OK, Outcome.OK, "jobs"), TRAFFIC_BLOCKED);
    onlyRoot(stoodIn(Outcome.OK, Outcome.OK, Outcome.NO_ANSWER), BROKER_UNREACHABLE);
  }

  @Test
  void theClustersDnsIsDown() {
    HistoryBuilder told = stoodIn(Outcome.NOT_FOUND, Outcome.NOT_FOUND, Outcome.OK);
    onlyRoot(told, SERVICE_NOT_RESOLVED);
    assertThat(diagnose(told).finding(SERVICE_NOT_RESOLVED).orElseThrow().message())
        .isEqualTo(
            "the cluster's DNS does not answer: in a pod with the workers' labels neither"
                + " rabbitmq-service nor kubernetes.default has an address");
  }

  private static HistoryBuilder brokerEnds(String reason) {
    HistoryBuilder told = crashing(1, "socket error: connection refused").service(true);
    PodRef broker = new PodRef("demo", "rabbitmq-0", "uid-of-the-broker");
    told.add(
        Source.PODS,
        new PodState(broker, "", "Running", "", "", "node-1", "10.42.0.3", false, null, List.of()));
    return told.add(
        Source.PODS,
        new ContainerState(
            broker,
            "rabbitmq",
            Running.TERMINATED,
            reason,
            "",
            137,
            told.history().events().get(0).at(),
            told.history().events().get(0).at(),
            1,
            null));
  }

  @Test
  void outOfMemoryOfTheBroker() {
    onlyRoot(brokerEnds("OOMKilled"), OUT_OF_MEMORY);
    assertThat(diagnose(brokerEnds("OOMKilled")).finding(OUT_OF_MEMORY).orElseThrow().message())
        .isEqualTo("pod rabbitmq-0, which is none of a Job, was killed for want of memory");
    consequence(brokerEnds("OOMKilled"), BROKER_UNREACHABLE, OUT_OF_MEMORY);
    onlyRoot(brokerEnds("Error"), BROKER_UNREACHABLE);
  }

  @Test
  void aWorkerOutOfMemoryDoesNotTakeTheBrokerWithIt() {
    HistoryBuilder told = crashing(1, "socket error: connection refused").service(true);
    told.starts("pod-9").restarts("pod-9", 137, "OOMKilled");
    assertThat(diagnose(told).roots()).contains(OUT_OF_MEMORY, BROKER_UNREACHABLE);
  }

  @Test
  void evicted() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().exits("pod-0", 137, "Error");
    onlyRoot(told.podIs("pod-0", "Failed", "Evicted", "low on memory", null), EVICTED);
    none(begun().starts("pod-0").failsPod("pod-0", 137, "Error"), EVICTED);
  }

  @Test
  void nodePressureEvicts() {
    String why = "The node was low on resource: ephemeral-storage. Threshold quantity: 5Gi";
    HistoryBuilder told = begun().starts("pod-0").jobStatus().exits("pod-0", 137, "Error");
    onlyRoot(told.podIs("pod-0", "Failed", "Evicted", why, null), NODE_PRESSURE);
    consequence(told, EVICTED, NODE_PRESSURE);
    assertThat(diagnose(told).finding(NODE_PRESSURE).orElseThrow().message())
        .isEqualTo(
            "a node is short of what pods need ("
                + why
                + "), with 1 pod evicted of Job demo/job-wq-1");
    HistoryBuilder drained = begun().starts("pod-0").jobStatus().exits("pod-0", 137, "Error");
    none(drained.podIs("pod-0", "Failed", "Evicted", "drained", null), NODE_PRESSURE);
  }

  @Test
  void nodePressureKeepsPodsWaiting() {
    Condition noNode =
        Condition.of(
            "PodScheduled",
            "False",
            "Unschedulable",
            "0/1 nodes are available: 1 node(s) had untolerated taint"
                + " {node.kubernetes.io/disk-pressure: }.");
    HistoryBuilder waits = begun().pending("pod-0").jobStatus().podIs("pod-0", "Pending", noNode);
    none(waits, NODE_PRESSURE);
    waits.add(Source.NODES, shortOfDisk());
    onlyRoot(waits, NODE_PRESSURE);
    consequence(waits, UNSCHEDULABLE, NODE_PRESSURE);
    assertThat(diagnose(waits).finding(NODE_PRESSURE).orElseThrow().message())
        .isEqualTo(
            "node node-1 is short of disk (kubelet has disk pressure), with 1 pod waiting of Job"
                + " demo/job-wq-1");
    none(HistoryBuilder.soundRun(FRUIT).add(Source.NODES, shortOfDisk()), NODE_PRESSURE);
  }

  /** A throwaway cluster's node has this machine's disk: that it is full refutes nothing. */
  @Test
  void nodePressureOfAThrowawayClusterIsThisMachinesTrouble() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().exits("pod-0", 137, "Error");
    told.podIs("pod-0", "Failed", "Evicted", "The node was low on resource: memory.", null);
    History history = told.jobFails("BackoffLimitExceeded").ends(8, 0, 0).history();
    assertThat(Judge.judge(on("existing", history), Claims.jobCompletesWith(8)).verdict())
        .isEqualTo(Verdict.INVALID);
    Judged here = Judge.judge(on("throwaway", history), Claims.jobCompletesWith(8));
    assertThat(here.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(here.judgements().get(0).explanation())
        .endsWith("\n  but:        a throwaway cluster is short of what this machine is short of");
  }

  private static History on(String kind, History history) {
    Header header = history.header();
    Environment there =
        new Environment(
            new Environment.Cluster(kind, "k3s", "v1.37.2", 1),
            header.environment().broker(),
            header.environment().worker());
    return new History(
        new Header(
            header.scenario(),
            header.startedAt(),
            there,
            header.evidence(),
            header.patienceSeconds(),
            header.claims()),
        history.events());
  }

  private static NodeState shortOfDisk() {
    return new NodeState(
        "node-1",
        "amd64",
        false,
        List.of("node.kubernetes.io/disk-pressure=:NoSchedule"),
        List.of(
            Condition.of("Ready", "True", "KubeletReady", ""),
            Condition.of(
                "DiskPressure", "True", "KubeletHasDiskPressure", "kubelet has disk pressure")));
  }

  @Test
  void nodeLost() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().after(1);
    onlyRoot(told.node("node-1", "Unknown"), NODE_LOST);
    none(begun().starts("pod-0").jobStatus().node("node-2", "Unknown"), NODE_LOST);
    none(
        begun().starts("pod-0").jobStatus().node("node-1", "Unknown").node("node-1", "True"),
        NODE_LOST);
    HistoryBuilder afterwards = HistoryBuilder.soundRun(FRUIT);
    onlyRoot(afterwards.node("node-1", "Unknown"), ALL_PROCESSED);
  }

  @Test
  void nodeLostAfterTheAck() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), false).works("pod-0", FRUIT.get(0)).acks("pod-0");
    told.node("node-1", "Unknown").after(40).deletes("pod-0").jobStatus();
    onlyRoot(told, NODE_LOST);
    consequence(told, ACKED_BUT_NOT_REPORTED, NODE_LOST);
  }

  @Test
  void nodeLostBeforeTheAck() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), false).node("node-1", "Unknown");
    told.after(40).deletes("pod-0").jobStatus().depth(7, 1, 1);
    onlyRoot(told, NODE_LOST);
    Finding finding = diagnose(told).finding(NODE_LOST).orElseThrow();
    assertThat(finding.message())
        .isEqualTo(
            "node node-1 was lost with pod demo/pod-0; 1 item given to it stays unacked until the"
                + " broker drops its dead connection");
    assertThat(finding.items()).extracting(Item::preview).containsExactly("apple");
    told.disconnects("pod-0");
    assertThat(diagnose(told).finding(NODE_LOST).orElseThrow().message())
        .isEqualTo("node node-1 was lost with pod demo/pod-0");
  }

  @Test
  void stuckTerminating() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().deletes("pod-0").jobStatus();
    none(told.after(55).depth(7, 1, 1), STUCK_TERMINATING);
    onlyRoot(told.after(10).depth(7, 1, 1), STUCK_TERMINATING);
    none(told.gone("pod-0"), STUCK_TERMINATING);
  }

  @Test
  void ignoredTermination() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().deletes("pod-0").after(30);
    told.exits("pod-0", 137, "Error").gone("pod-0").starts("pod-1").jobStatus();
    onlyRoot(told, IGNORED_TERMINATION);
    HistoryBuilder heeded = begun().starts("pod-0").jobStatus().deletes("pod-0").after(3);
    none(heeded.exits("pod-0", 143, "Error").gone("pod-0"), IGNORED_TERMINATION);
    HistoryBuilder killedSoon = begun().starts("pod-0").deletes("pod-0").after(3);
    none(killedSoon.exits("pod-0", 137, "Error").gone("pod-0"), IGNORED_TERMINATION);
  }

  @Test
  void ignoredTerminationByAContainerThatItsKubeletMisses() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().deletes("pod-0").after(32);
    onlyRoot(missing(told).gone("pod-0").starts("pod-1").jobStatus(), IGNORED_TERMINATION);
    HistoryBuilder connected = begun().starts("pod-0").connects("pod-0").deletes("pod-0");
    connected.after(30).disconnects("pod-0").after(2);
    onlyRoot(missing(connected).gone("pod-0").starts("pod-1").jobStatus(), IGNORED_TERMINATION);

    HistoryBuilder missedSoon = begun().starts("pod-0").deletes("pod-0").after(4);
    none(missing(missedSoon).gone("pod-0"), IGNORED_TERMINATION);
    HistoryBuilder missedLate = begun().starts("pod-0").deletes("pod-0").after(60);
    none(missing(missedLate).gone("pod-0"), IGNORED_TERMINATION);
    HistoryBuilder hungUp = begun().starts("pod-0").connects("pod-0").deletes("pod-0");
    hungUp.after(3).disconnects("pod-0").after(29);
    none(missing(hungUp).gone("pod-0"), IGNORED_TERMINATION);
  }

  /** As kubelets of 1.20 tell of a container that was removed before they saw how it ended. */
  private static HistoryBuilder missing(HistoryBuilder told) {
    return told.add(
        Source.PODS,
        new ContainerState(
            told.ref("pod-0"),
            "c",
            Running.WAITING,
            "ContainerCreating",
            "",
            null,
            null,
            null,
            1,
            new Termination(
                137,
                "ContainerStatusUnknown",
                "The container could not be located when the pod was deleted.",
                null,
                null)));
  }

  // the Job

  @Test
  void backoffLimitExceeded() {
    onlyRoot(givenUp(1, "no more fruit"), WORKER_FAILED);
    consequence(givenUp(1, "no more fruit"), BACKOFF_LIMIT_EXCEEDED, WORKER_FAILED);
    onlyRoot(givenUp(137, "no more fruit"), BACKOFF_LIMIT_EXCEEDED);
    none(crashing(1, "no more fruit"), BACKOFF_LIMIT_EXCEEDED);
    consequence(givenUp(1, "NOT_FOUND - no queue 'job1'"), BACKOFF_LIMIT_EXCEEDED, QUEUE_MISSING);
  }

  @Test
  void aRunWhoseLogIsLostFailedAsAnotherOneDid() {
    HistoryBuilder told = begun().starts("pod-0").starts("pod-1").jobStatus().after(1);
    told.exitsUnread("pod-0", 1, "Error").jobFails("BackoffLimitExceeded");
    told.deletes("pod-1").prints("pod-1", "no more fruit").exits("pod-1", 1, "Error");
    onlyRoot(told.gone("pod-0").gone("pod-1").ends(8, 0, 0), WORKER_FAILED);
    assertThat(diagnose(told).finding(WORKER_FAILED).orElseThrow().message())
        .isEqualTo(
            "the worker of Job demo/job-wq-1 fails with exit code 1 (last printed: no more fruit)");

    HistoryBuilder otherwise = begun().starts("pod-0").starts("pod-1").jobStatus().after(1);
    otherwise.exitsUnread("pod-0", 1, "Error").jobFails("BackoffLimitExceeded");
    otherwise.deletes("pod-1").prints("pod-1", "stopped").exits("pod-1", 3, "Error");
    none(otherwise.gone("pod-0").gone("pod-1").ends(8, 0, 0), WORKER_FAILED);
  }

  @Test
  void deadlineExceeded() {
    HistoryBuilder told = workOff(begun(), 0, 3).jobFails("DeadlineExceeded").ends(5, 0, 0);
    onlyRoot(told, DEADLINE_EXCEEDED);
    none(givenUp(1, "x"), DEADLINE_EXCEEDED);
  }

  @Test
  void workThatEndsAfterTheDeadlineIsNotReportedBecauseOfIt() {
    HistoryBuilder told = workOff(begun(), 0, 3).starts("pod-3").jobStatus().after(5);
    told.deletes("pod-3").jobFails("DeadlineExceeded").after(1).works("pod-3", FRUIT.get(3));
    told.exits("pod-3", 0, "Completed");
    told.podIs("pod-3", "Succeeded", "", "", told.now().plusSeconds(25)).gone("pod-3");
    told.jobIs(0, 3, Condition.of("Failed", "True", "DeadlineExceeded", "told so"));
    told.ends(4, 0, 0);
    onlyRoot(told, DEADLINE_EXCEEDED);
    consequence(told, ACKED_BUT_NOT_REPORTED, DEADLINE_EXCEEDED);
  }

  @Test
  void aDeadlineDoesNotFollowFromWhatHappensToAnotherJob() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().after(5).deletes("pod-0");
    told.jobFails("DeadlineExceeded").after(1).works("pod-0", FRUIT.get(0));
    told.exits("pod-0", 0, "Completed");
    told.podIs("pod-0", "Succeeded", "", "", told.now().plusSeconds(25)).gone("pod-0");
    told.jobIs(0, 0, Condition.of("Failed", "True", "DeadlineExceeded", "told so"));
    told.named("job-wq-2").job(8, 2).starts("pod-1").jobStatus();
    for (int run = 0; run < 2; run++) {
      told.after(1).prints("pod-1", "no more fruit").restarts("pod-1", 1, "Error");
    }
    told.after(1).prints("pod-1", "no more fruit").backsOff("pod-1", 1).jobStatus();
    told.logRead("pod-1").ends(7, 0, 0);
    assertThat(diagnose(told).roots()).containsExactly(DEADLINE_EXCEEDED, WORKER_FAILED);
    assertThat(diagnose(told).finding(DEADLINE_EXCEEDED).orElseThrow().message())
        .isEqualTo("Job demo/job-wq-1 was not done in its time");
  }

  @Test
  void aDeadlineThatRunsOutAsASuccessIsMissingFollowsFromThat() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().deletes("pod-0").after(5);
    told.works("pod-0", FRUIT.get(0)).exits("pod-0", 0, "Completed");
    told.podIs("pod-0", "Succeeded", "", "", told.now().plusSeconds(25)).gone("pod-0");
    workOff(told, 1, 8).after(60);
    told.jobIs(0, 7, Condition.of("Failed", "True", "DeadlineExceeded", "told so"));
    told.ends(0, 0, 0);
    onlyRoot(told, ACKED_BUT_NOT_REPORTED);
    consequence(told, DEADLINE_EXCEEDED, ACKED_BUT_NOT_REPORTED);
  }

  @Test
  void suspended() {
    HistoryBuilder told = new HistoryBuilder().publish(FRUIT);
    told.job(new JobSpecBuilder(8, 2).withQueue(QUEUE).withSuspend(true)).after(20).ends(8, 0, 0);
    onlyRoot(told, SUSPENDED);
    none(begun(), SUSPENDED);
  }

  @Test
  void vanished() {
    onlyRoot(workOff(begun(), 0, 3).jobDeleted(), VANISHED);
    assertThat(
            diagnose(workOff(begun(), 0, 3).jobDeleted()).finding(VANISHED).orElseThrow().message())
        .isEqualTo("Job demo/job-wq-1 was gone before it could be judged: it was deleted");
    none(HistoryBuilder.soundRun(FRUIT).jobDeleted(), VANISHED);
  }

  @Test
  void aJobThatGoesAfterAllOfItWasSeenHasNotVanished() {
    onlyRoot(expired(workOff(begun(), 0, 8)).ends(0, 0, 0), ALL_PROCESSED);
    onlyRoot(workOff(begun(), 0, 8).jobCompletes().jobDeleted().ends(0, 0, 0), ALL_PROCESSED);
    onlyRoot(givenUp(1, "no more fruit").jobDeleted(), WORKER_FAILED);
  }

  @Test
  void vanishedWithALogThatNobodyRead() {
    HistoryBuilder told = unreadOnce(workOff(begun(), 0, 7));
    onlyRoot(expired(told).ends(0, 0, 0), VANISHED);
    Finding finding = diagnose(told).finding(VANISHED).orElseThrow();
    assertThat(finding.message())
        .isEqualTo(
            "Job demo/job-wq-1 was gone before it could be judged: its 0 s to live after its end"
                + " ran out, and the log of pod-7 went with it");
    assertThat(finding.pods()).containsExactly("pod-7");
    assertThat(diagnose(told).finding(ALL_PROCESSED)).isEmpty();

    // It may still be read.
    none(expired(unreadOnce(workOff(begun(), 0, 7))), VANISHED);
    // It went before the Job did.
    none(expired(unreadOnce(workOff(begun(), 0, 7)).gone("pod-7")).ends(0, 0, 0), VANISHED);
    // No log is needed.
    HistoryBuilder output = unreadOnce(workOff(begun(), 0, 7)).evidence(Evidence.outputQueue("o"));
    none(expired(output).ends(0, 0, 0), VANISHED);
  }

  @Test
  void vanishedNotForTheLogOfARunThatTheKubeletKeepsNoMore() {
    HistoryBuilder told = workOff(begun(), 0, 7).starts("pod-7").jobStatus();
    told.exitsUnread("pod-7", 1, "Error").startsAgain("pod-7").restarts("pod-7", 1, "Error");
    told.restarts("pod-7", 1, "Error").after(1).works("pod-7", FRUIT.get(7)).succeeds("pod-7");
    none(expired(told).ends(0, 0, 0), VANISHED);
  }

  /** The last item is processed, and the log of the run that did it was not read. */
  private static HistoryBuilder unreadOnce(HistoryBuilder told) {
    told.starts("pod-7").jobStatus().after(1);
    return told.exitsUnread("pod-7", 0, "Completed").podIs("pod-7", "Succeeded").jobStatus();
  }

  /** It completes, and is gone at once with its pods. */
  private static HistoryBuilder expired(HistoryBuilder told) {
    told.spec(spec -> spec.withTtlSecondsAfterFinished(0)).jobCompletes();
    FRUIT.forEach(item -> told.gone("pod-" + item.id()));
    return told.jobDeleted();
  }

  @Test
  void podsThatGoWithTheirJobOweItNoReport() {
    HistoryBuilder told = begun().starts("pod-0").starts("pod-1").jobStatus().jobDeleted();
    told.deletes("pod-0").deletes("pod-1").after(1);
    told.works("pod-0", FRUIT.get(0)).exits("pod-0", 0, "Completed").gone("pod-0");
    told.works("pod-1", FRUIT.get(1)).exits("pod-1", 137, "Error").gone("pod-1");
    onlyRoot(told.ends(6, 0, 0), VANISHED);
  }

  @Test
  void controllerInactive() {
    HistoryBuilder untouched = new HistoryBuilder().publish(FRUIT);
    untouched.add(Source.JOBS, notTakenUp("")).after(11).depth(8, 0, 0);
    onlyRoot(untouched, CONTROLLER_INACTIVE);
    assertThat(diagnose(untouched).finding(CONTROLLER_INACTIVE).orElseThrow().message())
        .isEqualTo("nobody takes care of Job demo/job-wq-1");
    none(untouched, TAKEN_OVER);
    HistoryBuilder young = new HistoryBuilder().publish(FRUIT);
    none(young.add(Source.JOBS, notTakenUp("")).after(5).depth(8, 0, 0), CONTROLLER_INACTIVE);
    none(begun().after(11).depth(8, 0, 0), CONTROLLER_INACTIVE);
  }

  @Test
  void podsThatMayNotBeUpdatedAreDeniedByAdmission() {
    HistoryBuilder told = begun().starts("pod-0").works("pod-0", FRUIT.get(0));
    told.exits("pod-0", 0, "Completed").podIs("pod-0", "Succeeded").uncounted(1).jobIs(0, 0);
    none(told.after(5).depth(7, 0, 0), ADMISSION_DENIED);
    onlyRoot(told.after(6).depth(7, 0, 0), ADMISSION_DENIED);
    assertThat(diagnose(told).finding(ADMISSION_DENIED).orElseThrow().message())
        .isEqualTo(
            """
            the controller of Job demo/job-wq-1 knows that 1 of its pods has ended and cannot take \
            the finalizer batch.kubernetes.io/job-tracking from it: something refuses that pods are \
            updated""");
    none(told.uncounted(0).jobIs(0, 1).after(11).depth(7, 0, 0), ADMISSION_DENIED);
  }

  @Test
  void aControllerHasTimeToBeElectedOnceTheApiServerIsBack() {
    HistoryBuilder told = workOff(begun(), 0, 3).starts("pod-3").jobStatus().gap(Source.JOBS);
    told.after(1).works("pod-3", FRUIT.get(3)).exits("pod-3", 0, "Completed");
    told.podIs("pod-3", "Succeeded").after(30).depth(4, 0, 0);
    none(told, CONTROLLER_INACTIVE);
    onlyRoot(told.after(35).depth(4, 0, 0), CONTROLLER_INACTIVE);
  }

  @Test
  void aJobThatIsLeftToAnotherControllerSaysNothingOfKubernetesOwn() {
    HistoryBuilder told = new HistoryBuilder().publish(FRUIT);
    told.add(Source.JOBS, notTakenUp("example.com/nobody")).after(11).depth(8, 0, 0);
    onlyRoot(told, TAKEN_OVER);
    assertThat(diagnose(told).finding(TAKEN_OVER).orElseThrow().message())
        .isEqualTo("Job demo/job-wq-1 is left to example.com/nobody, which has not taken it up");
    assertThat(diagnose(told).finding(TAKEN_OVER).orElseThrow().remedy())
        .isEqualTo("kubectl get job job-wq-1 -n demo -o jsonpath='{.spec.managedBy}'");
    HistoryBuilder own = new HistoryBuilder().publish(FRUIT);
    own.add(Source.JOBS, notTakenUp("kubernetes.io/job-controller")).after(11).depth(8, 0, 0);
    onlyRoot(own, CONTROLLER_INACTIVE);
  }

  @Test
  void anotherControllerThatDoesItsWorkIsNotBlamed() {
    HistoryBuilder told = begun().spec(spec -> spec.withManagedBy("example.com/queue"));
    onlyRoot(workOff(told.jobStatus(), 0, 8).jobCompletes().ends(0, 0, 0), ALL_PROCESSED);
  }

  @Test
  void anotherControllerThatStopsCountingIsNamed() {
    HistoryBuilder told = workOff(begun(), 0, 3);
    told.spec(spec -> spec.withManagedBy("example.com/queue")).starts("pod-3").jobStatus();
    told.after(1).works("pod-3", FRUIT.get(3)).exits("pod-3", 0, "Completed");
    told.podIs("pod-3", "Succeeded").after(11).depth(4, 0, 0);
    onlyRoot(told, TAKEN_OVER);
    assertThat(diagnose(told).finding(TAKEN_OVER).orElseThrow().message())
        .isEqualTo("Job demo/job-wq-1 is left to example.com/queue, which does not count its pods");
  }

  @Test
  void controllerThatStopsCounting() {
    HistoryBuilder told = workOff(begun(), 0, 3).starts("pod-3").jobStatus().after(1);
    told.works("pod-3", FRUIT.get(3)).exits("pod-3", 0, "Completed").podIs("pod-3", "Succeeded");
    none(told.after(5).depth(4, 0, 0), CONTROLLER_INACTIVE);
    onlyRoot(told.after(6).depth(4, 0, 0), CONTROLLER_INACTIVE);
  }

  @Test
  void controllerThatCountsAFailureAfterItsBackOff() {
    HistoryBuilder told = workOff(begun(), 0, 3).starts("pod-3").jobStatus().after(1);
    told.exits("pod-3", 1, "Error").podIs("pod-3", "Failed");
    none(told.after(19).depth(5, 0, 0), CONTROLLER_INACTIVE);
    assertThat(diagnose(told.after(2).depth(5, 0, 0)).finding(CONTROLLER_INACTIVE)).isPresent();
  }

  // the worker

  @Test
  void secretPrinted() {
    HistoryBuilder told = begun();
    told.starts("pod-0").jobStatus().prints("pod-0", "using amqp://guest:guest@rabbitmq:5672");
    told.after(1).works("pod-0", FRUIT.get(0)).succeeds("pod-0");
    onlyRoot(workOff(told, 1, 8).jobCompletes().ends(0, 0, 0), SECRET_PRINTED);
    assertThat(diagnose(told).finding(SECRET_PRINTED).orElseThrow().message())
        .doesNotContain("guest:guest");
    HistoryBuilder discreet = begun();
    discreet.starts("pod-0").prints("pod-0", "using amqp://guest:***@rabbitmq:5672");
    none(discreet, SECRET_PRINTED);
  }

  private static JobState notTakenUp(String managedBy) {
    return new JobState(
        new JobRef("demo", "job-wq-1", "job-1"),
        new JobSpecBuilder(8, 2).withQueue(QUEUE).withManagedBy(managedBy).build(),
        1,
        Instant.parse("2026-01-31T12:00:00Z"),
        null,
        0,
        0,
        0,
        null,
        null,
        List.of(),
        null);
  }
}
