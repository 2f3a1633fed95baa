package workqueue.checker.claim;

import static workqueue.checker.claim.Claims.replacesOnlyWhatEnded;
import static workqueue.checker.diagnosis.Situations.FRUIT;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.Counted;
import workqueue.Item;
import workqueue.history.HistoryBuilder;
import workqueue.history.Source;

class ReplacementTest {
  private static final List<Item> FEW = FRUIT.subList(0, 3);

  /** Three items for one pod at a time; the first was told to go while it worked. */
  static HistoryBuilder deleted() {
    HistoryBuilder told = new HistoryBuilder().publish(FEW).depth(3, 0, 0).job(3, 1);
    told.starts("pod-0")
        .jobStatus()
        .after(1)
        .connects("pod-0")
        .delivers("pod-0", FEW.get(0), false);
    return told.deletes("pod-0").terminating(1).jobStatus();
  }

  /** Its container ended, and so did it. */
  static HistoryBuilder ends(HistoryBuilder told) {
    Instant due = told.now();
    told.exits("pod-0", 1, "Error").podIs("pod-0", "Failed", "", "", due).gone("pod-0");
    return told.disconnects("pod-0").depth(3, 0, 0).terminating(0);
  }

  /** Others do all the work, one after the other. */
  static HistoryBuilder othersDoAll(HistoryBuilder told) {
    for (int i = 0; i < 3; i++) {
      String pod = "pod-" + (i + 1);
      told.starts(pod).jobStatus().after(1).connects(pod).delivers(pod, FEW.get(i), i == 0);
      told.works(pod, FEW.get(i)).acks(pod).disconnects(pod).succeeds(pod);
    }
    return told.jobCompletes().ends(0, 0, 0);
  }

  private static void comes(HistoryBuilder told, Verdict verdict, String text) {
    ClaimAssertions.comes(verdict, replacesOnlyWhatEnded(), told, text);
  }

  @Test
  void theOtherComesAfterTheEnd() {
    comes(othersDoAll(ends(deleted().after(5))), Verdict.VALID, "");
  }

  @Test
  void theOtherComesBeforeTheEnd() {
    HistoryBuilder told = deleted().after(1).starts("pod-1").jobStatus().after(5);
    comes(
        othersDoAll(ends(told)),
        Verdict.INVALID,
        """
        job replaces pods only once they have ended: Job demo/job-wq-1 replaced pod-0 before
          expected:   at most 1 pod that had not ended
          actual:     pod-1 is there from event 17, and pod-0, deleted in event 14, had not ended
          remedy:     kubectl get job job-wq-1 -n demo -o jsonpath='{.spec.podReplacementPolicy}'
        """);
  }

  @Test
  void theOtherTakesThePlaceOfOneThatHadSucceeded() {
    HistoryBuilder told = new HistoryBuilder().publish(FEW).depth(3, 0, 0).job(3, 2);
    told.starts("pod-0").starts("pod-x").jobStatus().deletes("pod-0").after(1);
    told.works("pod-x", FEW.get(1)).succeeds("pod-x").starts("pod-1").jobStatus().after(1);
    told.exits("pod-0", 1, "Error").gone("pod-0").starts("pod-2").jobStatus();
    comes(told, Verdict.VALID, "");
  }

  @Test
  void whatWasOverIsDeletedLater() {
    HistoryBuilder told = HistoryBuilder.soundRun(FRUIT);
    told.podIs("pod-0", "Succeeded", "", "", told.now()).gone("pod-0");
    comes(told, Verdict.UNKNOWN, notShown(0));
  }

  @Test
  void nobodyComesAfterIt() {
    comes(ends(deleted().after(5)).jobFails("DeadlineExceeded"), Verdict.UNKNOWN, notShown(1));
    comes(deleted().after(5).finalState(), Verdict.UNKNOWN, notShown(1));
  }

  @Test
  void theOrderIsUnknownAfterAGap() {
    HistoryBuilder told = deleted().after(1).gap(Source.PODS).starts("pod-1");
    comes(
        ends(told),
        Verdict.UNKNOWN,
        "job replaces pods only once they have ended: the pods of Job demo/job-wq-1 were not seen"
            + " all the time");
  }

  private static String notShown(int count) {
    return """
    job replaces pods only once they have ended: the record does not show it of Job demo/job-wq-1
      expected:   a pod that is deleted, its end, and a pod after it
      actual:     %s deleted before an end
    """
        .formatted(Counted.of(count, "pod"));
  }
}
