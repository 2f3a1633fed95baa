package workqueue.checker.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.diagnosis.Situations.FRUIT;
import static workqueue.checker.diagnosis.Situations.begun;
import static workqueue.checker.diagnosis.Situations.crashing;
import static workqueue.checker.diagnosis.Situations.givenUp;
import static workqueue.checker.diagnosis.Situations.moreCompletions;
import static workqueue.checker.diagnosis.Situations.waitingFor;

import org.junit.jupiter.api.Test;
import workqueue.checker.diagnosis.Outlook.Prospect;
import workqueue.checker.view.Picture;
import workqueue.history.HistoryBuilder;

class OutlookTest {
  private static void is(Prospect prospect, HistoryBuilder told) {
    Outlook outlook = Outlook.of(told.history());
    assertThat(outlook.prospect()).as("%s", outlook.findings()).isEqualTo(prospect);
  }

  @Test
  void doneWhenTheJobIsComplete() {
    is(Prospect.DONE, HistoryBuilder.soundRun(FRUIT));
  }

  @Test
  void hopelessWhenNothingCanMendIt() {
    is(Prospect.HOPELESS, givenUp(1, "no more fruit"));
    is(Prospect.HOPELESS, moreCompletions(11));
    is(Prospect.HOPELESS, new HistoryBuilder().publish(FRUIT).job(8, 0));
    is(Prospect.HOPELESS, begun().jobDeleted());
    is(Prospect.HOPELESS, waitingFor("ImagePullBackOff", "").after(11).depth(8, 0, 0));
  }

  @Test
  void openWhileItMayStillGetBetter() {
    is(Prospect.OPEN, new HistoryBuilder());
    is(Prospect.OPEN, begun());
    is(Prospect.OPEN, moreCompletions(9));
    is(Prospect.OPEN, crashing(1, "opening socket to rabbitmq-service:5672: socket error"));
    is(Prospect.OPEN, waitingFor("ErrImagePull", ""));
    is(Prospect.OPEN, waitingFor("ImagePullBackOff", "").starts("pod-1").after(11).depth(8, 0, 0));
  }

  /** One item, two successes wanted: who comes after the first fails on the empty queue. */
  private static HistoryBuilder failingOnEmptyQueue(int failures) {
    HistoryBuilder told = new HistoryBuilder().publish(FRUIT.subList(0, 1)).job(2, 1);
    told.worksOff("pod-0", FRUIT.get(0)).depth(0, 0, 0).starts("pod-1").jobStatus();
    for (int run = 0; run < failures; run++) {
      told.after(4).restarts("pod-1", 2, "Error");
    }
    return told;
  }

  @Test
  void thatNobodyHoldsAnItemIsKnownWhereNobodyRuns() {
    HistoryBuilder told = new HistoryBuilder().publish(FRUIT.subList(0, 1)).job(2, 1);
    told.worksOff("pod-0", FRUIT.get(0)).depthByAmqp(0, 0).starts("pod-1").jobStatus();
    told.after(4).restarts("pod-1", 2, "Error").after(4).restarts("pod-1", 2, "Error");
    is(Prospect.OPEN, told.after(4).depthByAmqp(0, 0));
    is(Prospect.HOPELESS, told.backsOff("pod-1", 2).depthByAmqp(0, 0));
  }

  @Test
  void whoTookTheLastItemMayBeSeenLate() {
    HistoryBuilder told = new HistoryBuilder().publish(FRUIT.subList(0, 1)).job(2, 1);
    told.depth(0, 0, 0).worksOff("pod-0", FRUIT.get(0)).starts("pod-1").jobStatus();
    told.after(4).restarts("pod-1", 2, "Error").after(4).restarts("pod-1", 2, "Error");
    is(Prospect.HOPELESS, told.after(4).restarts("pod-1", 2, "Error").depth(0, 0, 0));
  }

  @Test
  void hopelessWhereRunsFailOneAfterTheOtherForWantOfAnItem() {
    is(Prospect.HOPELESS, failingOnEmptyQueue(3).depth(0, 0, 0));
    assertThat(Hang.in(new Picture(failingOnEmptyQueue(3).depth(0, 0, 0).history()), ""))
        .isPresent();
    is(Prospect.OPEN, failingOnEmptyQueue(2).after(11).depth(0, 0, 0));
    is(Prospect.OPEN, failingOnEmptyQueue(3).publish(FRUIT.subList(1, 2)).depth(1, 0, 0));
    is(Prospect.OPEN, failingOnEmptyQueue(3).depth(0, 1, 1));
    is(Prospect.OPEN, failingOnEmptyQueue(3).publish(FRUIT.subList(1, 2)).depth(0, 0, 0));
  }
}
