package workqueue.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.Situations.FRUIT;
import static workqueue.checker.Situations.begun;
import static workqueue.checker.Situations.crashing;
import static workqueue.checker.Situations.givenUp;
import static workqueue.checker.Situations.moreCompletions;
import static workqueue.checker.Situations.waitingFor;

import org.junit.jupiter.api.Test;
import workqueue.checker.Outlook.Prospect;
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
}
