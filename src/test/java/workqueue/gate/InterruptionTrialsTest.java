package workqueue.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workqueue.checker.claim.Claims.losesNothing;
import static workqueue.checker.claim.Claims.strikesAtWork;

import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.Item;
import workqueue.Items;
import workqueue.Rule;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judged;
import workqueue.history.BrokerEvent.Asked;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.Source;
import workqueue.waiting.Sight;

class InterruptionTrialsTest {
  @Test
  void saysWhatToDoWithAWorkerThatIsDoneTooSoon() {
    assertThat(InterruptionTrials.tooFast())
        .isEqualTo(
            """
            the worker could not be interrupted while it had an item: it was done before. Have it \
            take its time: it is told to take 10 s for an item by WORKER_SECONDS, and -Dwq.worker.env=<NAME>=<value> tells it otherwise.""");
  }

  private static final List<Item> ITEMS = Items.ofTutorial(1);
  private static final List<Claim> CLAIMS =
      List.of(strikesAtWork("delete-pod"), losesNothing(ITEMS));

  private static HistoryBuilder given() {
    HistoryBuilder told = new HistoryBuilder().publish(ITEMS).job(1, 1).starts("pod-0").jobStatus();
    return told.connects("pod-0").delivers("pod-0", ITEMS.get(0), false);
  }

  private static boolean isGiven(HistoryBuilder told) {
    return InterruptionTrials.given(told.history(), HistoryBuilder.QUEUE, ITEMS.size())
        instanceof Sight.Found;
  }

  @Test
  void aWorkerIsGivenAnItemByTheWiresWordOrByWhatIsMissingInItsQueue() {
    HistoryBuilder filled = new HistoryBuilder().publish(ITEMS).job(1, 1).starts("pod-0");
    assertThat(isGiven(filled.jobStatus().depth(1, 0, 0))).isFalse();
    assertThat(isGiven(filled.depth(0, 1, 1))).isTrue();
    assertThat(isGiven(given())).isTrue();
  }

  @Test
  void whatItsQueueHeldBeforeItWasFilledIsNotMissing() {
    HistoryBuilder told = new HistoryBuilder().depth(0, 0, 0).publish(ITEMS);
    assertThat(isGiven(told.job(1, 1).starts("pod-0").jobStatus())).isFalse();
    // As of a broker that counts what waits and what is held in one number.
    told.add(
        Source.BROKER,
        new QueueDepth(HistoryBuilder.QUEUE, true, null, null, 0, Asked.AMQP, told.now(), 1));
    assertThat(isGiven(told)).isFalse();
  }

  private static HistoryBuilder deleted(HistoryBuilder told) {
    return told.add(Source.FAULTS, new FaultInjected("delete-pod", "pod-0", ""));
  }

  private static void require(HistoryBuilder told) {
    History history = told.history();
    Judged judged = Judge.judge(history, CLAIMS);
    InterruptionTrials.requireStruck(Rule.STOPS_IN_GRACE, history, CLAIMS, judged);
  }

  @Test
  void aWorkerThatIsDoneBeforeTheFaultIsNotTried() {
    HistoryBuilder told = given().works("pod-0", ITEMS.get(0)).acks("pod-0").disconnects("pod-0");
    told.exits("pod-0", 0, "Completed");
    deleted(told).ends(0, 0, 0);
    assertThatThrownBy(() -> require(told))
        .isInstanceOf(NotTried.class)
        .hasMessage(InterruptionTrials.tooFast());
  }

  @Test
  void aWorkerThatAckedAndWorksOnIsTried() {
    HistoryBuilder told = given().acks("pod-0");
    deleted(told).exits("pod-0", 143, "Error").podIs("pod-0", "Failed").ends(0, 0, 0);
    require(told);
  }

  @Test
  void aWorkerThatHoldsItsItemIsTried() {
    HistoryBuilder told = deleted(given());
    told.exits("pod-0", 143, "Error").podIs("pod-0", "Failed").disconnects("pod-0").ends(1, 0, 0);
    require(told);
  }

  @Test
  void aWorkerThatCrashesAtOnceIsTried() {
    HistoryBuilder told = given().exits("pod-0", 1, "Error").disconnects("pod-0");
    told.podIs("pod-0", "Failed").jobFails("BackoffLimitExceeded").ends(1, 0, 0);
    require(told);
  }

  @Test
  void aBrokerThatIsRestartedWhenAllIsDoneShowsNothing() {
    HistoryBuilder told = given().works("pod-0", ITEMS.get(0)).acks("pod-0").disconnects("pod-0");
    told.succeeds("pod-0").jobCompletes();
    told.add(Source.FAULTS, new FaultInjected("stop-broker", "", "")).ends(0, 0, 0);
    History history = told.history();
    List<Claim> claims = List.of(losesNothing(ITEMS));
    Judged judged = Judge.judge(history, claims);
    assertThatThrownBy(
            () ->
                InterruptionTrials.requireStruck(
                    Rule.SURVIVES_BROKER_RESTART, history, claims, judged))
        .isInstanceOf(NotTried.class);
    InterruptionTrials.requireStruck(Rule.STOPS_IN_GRACE, history, claims, judged);
  }
}
