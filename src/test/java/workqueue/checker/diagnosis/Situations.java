package workqueue.checker.diagnosis;

import java.util.List;
import workqueue.Item;
import workqueue.Items;
import workqueue.history.HistoryBuilder;

/**
 * The situations of the documented caveats, told up to their end, each as it looks from outside.
 */
public final class Situations {
  public static final List<Item> FRUIT = Items.ofTutorial();

  private Situations() {}

  /** Eight items published and a Job for them; none of its pods yet. */
  public static HistoryBuilder begun() {
    return begun(8);
  }

  public static HistoryBuilder begun(int completions) {
    return new HistoryBuilder().publish(FRUIT).depth(8, 0, 0).job(completions, 2);
  }

  /** The first items are processed, each by a pod of its own. */
  public static HistoryBuilder workOff(HistoryBuilder told, int from, int to) {
    FRUIT.subList(from, to).forEach(item -> told.worksOff("pod-" + item.id(), item));
    return told;
  }

  public static HistoryBuilder fewerCompletions() {
    return workOff(begun(5), 0, 5).jobCompletes().ends(3, 0, 0);
  }

  /** 10 completions for 8 items; the two pods too many have waited for this long. */
  public static HistoryBuilder moreCompletions(double seconds) {
    return workOff(begun(10), 0, 8)
        .starts("pod-8")
        .starts("pod-9")
        .jobStatus()
        .depth(0, 0, 2)
        .after(seconds)
        .depth(0, 0, 2)
        .logRead("pod-8")
        .logRead("pod-9")
        .finalState();
  }

  /** Each worker exits 1, which amqp-consume hides: every pod succeeds and every item stays. */
  public static HistoryBuilder failingWorker() {
    HistoryBuilder told = begun();
    for (int i = 0; i < 8; i++) {
      told.starts("pod-" + i).jobStatus().after(1);
      told.works("pod-" + i, FRUIT.get(0)).succeeds("pod-" + i);
    }
    return told.jobCompletes().ends(8, 0, 0);
  }

  /** The first container is killed after its ack, and its pod's next run waits for this long. */
  public static HistoryBuilder ackedNotExited(double seconds) {
    HistoryBuilder told = begun();
    told.starts("pod-0").jobStatus().after(1).works("pod-0", FRUIT.get(0)).after(1);
    told.restarts("pod-0", 137, "Error");
    workOff(told, 1, 8);
    return told.jobStatus()
        .depth(0, 0, 1)
        .after(seconds)
        .depth(0, 0, 1)
        .logRead("pod-0")
        .finalState();
  }

  /** The first container is killed before its ack; the same pod does its item again. */
  public static HistoryBuilder deliveredNotAcked() {
    HistoryBuilder told = begun();
    told.starts("pod-0").jobStatus().after(1).works("pod-0", FRUIT.get(0)).after(1);
    told.restarts("pod-0", 137, "Error").after(1);
    told.works("pod-0", FRUIT.get(0)).succeeds("pod-0");
    return workOff(told, 1, 8).jobCompletes().ends(0, 0, 0);
  }

  /** One pod whose runs end with this exit code after this line, over and over. */
  public static HistoryBuilder crashing(int code, String line) {
    HistoryBuilder told = begun();
    told.starts("pod-0").jobStatus();
    for (int run = 0; run < 2; run++) {
      told.after(1).prints("pod-0", line).restarts("pod-0", code, "Error");
    }
    return told.after(1).prints("pod-0", line).backsOff("pod-0", code).jobStatus();
  }

  /** The same, until its Job gives up. */
  public static HistoryBuilder givenUp(int code, String line) {
    HistoryBuilder told = crashing(code, line);
    return told.gone("pod-0").jobFails("BackoffLimitExceeded").ends(8, 0, 0);
  }

  public static HistoryBuilder waitingFor(String reason, String message) {
    return begun().pending("pod-0").jobStatus().waits("pod-0", reason, message);
  }
}
