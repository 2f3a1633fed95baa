package workqueue.checker.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.diagnosis.Diagnosed.consequence;
import static workqueue.checker.diagnosis.Diagnosed.diagnose;
import static workqueue.checker.diagnosis.Diagnosed.none;
import static workqueue.checker.diagnosis.Diagnosed.onlyRoot;
import static workqueue.checker.diagnosis.FindingCode.ACKED_BUT_NOT_REPORTED;
import static workqueue.checker.diagnosis.FindingCode.ALL_PROCESSED;
import static workqueue.checker.diagnosis.FindingCode.DUPLICATED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.FALSE_SUCCESS;
import static workqueue.checker.diagnosis.FindingCode.LEFTOVER_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.LOST_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.UNEXPECTED_ITEMS;
import static workqueue.checker.diagnosis.Situations.FRUIT;
import static workqueue.history.HistoryBuilder.QUEUE;

import org.junit.jupiter.api.Test;
import workqueue.Item;
import workqueue.checker.claim.Claims;
import workqueue.checker.claim.Conclusion;
import workqueue.checker.claim.Verdict;
import workqueue.history.HistoryBuilder;
import workqueue.history.Payload;
import workqueue.history.Source;
import workqueue.history.WireEvent.MessagePublished;
import workqueue.history.WireEvent.MessageReturned;
import workqueue.history.WireEvent.PublishAnswered;

/** Workers that publish to the queue that their items come from, in sight of the wire. */
class CopiesTest {

  private static HistoryBuilder begun(int completions) {
    return new HistoryBuilder().publish(FRUIT.subList(0, 2)).depth(2, 0, 0).job(completions, 1);
  }

  private static void takes(HistoryBuilder told, String pod, Item item) {
    told.starts(pod).jobStatus().connects(pod).delivers(pod, item, false);
    told.works(pod, item).acks(pod);
  }

  private static void puts(HistoryBuilder told, String pod, String queue, Item item) {
    Payload payload = Payload.of(item.preview());
    told.add(Source.WIRE, new MessagePublished("to-" + pod, 1, "", queue, 0, payload));
  }

  private static void ends(HistoryBuilder told, String pod) {
    told.disconnects(pod).succeeds(pod);
  }

  private static HistoryBuilder eachCopiedTo(String queue) {
    HistoryBuilder told = begun(2);
    for (int i = 0; i < 2; i++) {
      takes(told, "pod-" + i, FRUIT.get(i));
      puts(told, "pod-" + i, queue, FRUIT.get(i));
      ends(told, "pod-" + i);
    }
    return told.jobCompletes();
  }

  @Test
  void aCopyThatIsLeftIsNoItem() {
    HistoryBuilder told = eachCopiedTo(QUEUE).ends(2, 0, 0);
    onlyRoot(told, UNEXPECTED_ITEMS);
    consequence(told, LEFTOVER_ITEMS, UNEXPECTED_ITEMS);
    assertThat(diagnose(told).finding(UNEXPECTED_ITEMS).orElseThrow().message())
        .isEqualTo("2 messages were published to queue job1 by its workers");
    assertThat(diagnose(told).finding(UNEXPECTED_ITEMS).orElseThrow().pods())
        .containsExactly("pod-0", "pod-1");
    assertThat(Claims.processesEachExactlyOnce(FRUIT.subList(0, 2)).judge(told.history()).verdict())
        .isEqualTo(Verdict.VALID);
  }

  @Test
  void aCopyThatIsTakenIsNeitherAFalseSuccessNorAFaultOfItsOwn() {
    HistoryBuilder told = begun(3);
    takes(told, "pod-0", FRUIT.get(0));
    puts(told, "pod-0", QUEUE, FRUIT.get(0));
    ends(told, "pod-0");
    takes(told, "pod-1", FRUIT.get(1));
    ends(told, "pod-1");
    takes(told, "pod-2", FRUIT.get(0));
    ends(told, "pod-2");
    told.jobCompletes().ends(0, 0, 0);
    onlyRoot(told, UNEXPECTED_ITEMS);
    consequence(told, DUPLICATED_ITEMS, UNEXPECTED_ITEMS);
    none(told, FALSE_SUCCESS);
  }

  @Test
  void aMessageOfAnotherKindThatIsTakenIsNoFalseSuccess() {
    HistoryBuilder told = begun(3);
    takes(told, "pod-0", FRUIT.get(0));
    puts(told, "pod-0", QUEUE, Item.of(9, "report"));
    ends(told, "pod-0");
    takes(told, "pod-1", FRUIT.get(1));
    ends(told, "pod-1");
    takes(told, "pod-2", Item.of(9, "report"));
    ends(told, "pod-2");
    told.jobCompletes().ends(0, 0, 0);
    onlyRoot(told, UNEXPECTED_ITEMS);
    none(told, FALSE_SUCCESS);
  }

  @Test
  void resultsInAQueueOfTheirOwnAreNoCopies() {
    onlyRoot(eachCopiedTo("results").ends(0, 0, 0), ALL_PROCESSED);
  }

  @Test
  void whatTheBrokerDoesNotTakeIsNoCopy() {
    HistoryBuilder told = begun(2);
    takes(told, "pod-0", FRUIT.get(0));
    Payload payload = Payload.of("report");
    told.add(Source.WIRE, new MessagePublished("to-pod-0", 1, "", QUEUE, 0, payload));
    told.add(Source.WIRE, new MessageReturned("to-pod-0", 1, "", QUEUE, 312, "NO_ROUTE", payload));
    ends(told, "pod-0");
    takes(told, "pod-1", FRUIT.get(1));
    told.add(Source.WIRE, new MessagePublished("to-pod-1", 2, "", QUEUE, 1, payload));
    told.add(Source.WIRE, new MessagePublished("to-pod-1", 2, "", QUEUE, 2, payload));
    told.add(Source.WIRE, new PublishAnswered("to-pod-1", 2, 2, true, false));
    ends(told, "pod-1");
    told.jobCompletes().ends(0, 0, 0);
    onlyRoot(told, ALL_PROCESSED);
    assertThat(Claims.addsNoItems(QUEUE).judge(told.history()).verdict()).isEqualTo(Verdict.VALID);
  }

  @Test
  void theClaimSaysWhatWasPublished() {
    Conclusion copied =
        Claims.addsNoItems(QUEUE).judge(eachCopiedTo(QUEUE).ends(2, 0, 0).history());
    assertThat(copied.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(copied.explanation())
        .isEqualTo(
            """
            workers publish nothing to queue job1: they published 2 messages
              expected:   no message but the items
              actual:     "apple" first""");
    assertThat(copied.findings()).extracting(Finding::code).containsExactly(UNEXPECTED_ITEMS);
  }

  @Test
  void withoutTheWireTheClaimCannotBeTold() {
    Conclusion unseen = Claims.addsNoItems(QUEUE).judge(HistoryBuilder.soundRun(FRUIT).history());
    assertThat(unseen.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(unseen.explanation())
        .isEqualTo(
            """
            workers publish nothing to queue job1: cannot be told
              expected:   all that workers say to the broker in sight of the wire tap
              actual:     less""");
  }

  @Test
  void anItemThatIsThereAsItsCopyIsNeitherLostNorDone() {
    HistoryBuilder told = begun(2);
    told.starts("pod-0").jobStatus().connects("pod-0").delivers("pod-0", FRUIT.get(0), false);
    puts(told, "pod-0", QUEUE, FRUIT.get(0));
    told.acks("pod-0").disconnects("pod-0").exits("pod-0", 1, "Error");
    takes(told, "pod-1", FRUIT.get(1));
    ends(told, "pod-1");
    told.jobFails("BackoffLimitExceeded").ends(1, 0, 0);
    none(told, LOST_ITEMS);
    none(told, ACKED_BUT_NOT_REPORTED);
    consequence(told, LEFTOVER_ITEMS, UNEXPECTED_ITEMS);
  }

  @Test
  void whatAWorkerPrintsOfItsOwnFailureIsNoMessage() {
    HistoryBuilder told = begun(2);
    told.starts("pod-0").jobStatus().connects("pod-0").delivers("pod-0", FRUIT.get(0), false);
    told.works("pod-0", Item.of(7, "= parse(body)")).disconnects("pod-0");
    told.restarts("pod-0", 1, "Error").connects("pod-0");
    told.delivers("pod-0", FRUIT.get(0), true).works("pod-0", FRUIT.get(0)).acks("pod-0");
    ends(told, "pod-0");
    takes(told, "pod-1", FRUIT.get(1));
    ends(told, "pod-1");
    none(told.jobCompletes().ends(0, 0, 0), UNEXPECTED_ITEMS);
  }
}
