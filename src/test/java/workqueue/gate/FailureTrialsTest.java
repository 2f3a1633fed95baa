package workqueue.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workqueue.checker.claim.Claims.losesNothing;
import static workqueue.checker.claim.Claims.someWorkFails;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.Item;
import workqueue.Items;
import workqueue.Rule;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judged;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.Payload;
import workqueue.history.Source;
import workqueue.history.WireEvent.Delivered;
import workqueue.history.WireEvent.MessagePublished;
import workqueue.history.WireEvent.PublishAnswered;
import workqueue.history.WireEvent.Rejected;
import workqueue.waiting.Sight;

class FailureTrialsTest {
  private static final List<Item> ONE = Items.ofTutorial(1);

  /** Longer than any clock of a test is behind that of the machine. */
  private static final Duration NEVER = Duration.ofDays(100_000);

  private static HistoryBuilder connected() {
    HistoryBuilder told = new HistoryBuilder().publish(ONE).job(1, 1).starts("pod-0").jobStatus();
    return told.connects("pod-0");
  }

  private static HistoryBuilder given() {
    return connected().delivers("pod-0", ONE.get(0), false);
  }

  private static boolean done(HistoryBuilder told, Duration atWork) {
    return FailureTrials.done(told.history(), HistoryBuilder.QUEUE, atWork) instanceof Sight.Found;
  }

  @Test
  void aServingWorkerIsAtWorkOnTheItemThatItWasGiven() {
    assertThat(done(connected(), NEVER)).isFalse();
    assertThat(done(given(), NEVER)).isFalse();
  }

  @Test
  void itIsDoneOnceItSettledIt() {
    assertThat(done(given().acks("pod-0"), NEVER)).isTrue();
    HistoryBuilder rejected = given();
    rejected.add(Source.WIRE, new Rejected("to-pod-0", 1, 1, true, false));
    assertThat(done(rejected, NEVER)).isTrue();
    HistoryBuilder withoutAcks = connected();
    withoutAcks.add(
        Source.WIRE,
        new Delivered(
            "to-pod-0", 1, 1, HistoryBuilder.QUEUE, false, false, Payload.of(ONE.get(0))));
    assertThat(done(withoutAcks, NEVER)).isTrue();
    assertThat(done(given().depth(0, 0, 1), NEVER)).isTrue();
    assertThat(done(given().depth(0, 1, 1), NEVER)).isFalse();
  }

  @Test
  void anItemThatItHandsOnBeforeItRejectsItIsNotJudged() {
    assertThatThrownBy(() -> require(parking("", "parked", ONE.get(0))))
        .isInstanceOf(NotTried.class)
        .hasMessage(
            "the worker hands an item that it fails on to queue parked, and who looks there is not"
                + " known");
    assertThatThrownBy(() -> require(parking("failures", "any", ONE.get(0))))
        .isInstanceOf(NotTried.class)
        .hasMessageContaining("to exchange failures,");
    require(parking("", HistoryBuilder.QUEUE, ONE.get(0)));
    require(parking("", "parked", Item.of(7, "another")));
  }

  @Test
  void whatTheBrokerDidNotTakeIsNotHandedOn() {
    Payload payload = Payload.of(ONE.get(0));
    HistoryBuilder refused =
        given()
            .add(Source.WIRE, new MessagePublished("to-pod-0", 1, "", "parked", 1, payload))
            .add(Source.WIRE, new PublishAnswered("to-pod-0", 1, 1, false, false));
    require(rejecting(refused));
  }

  private static HistoryBuilder parking(String exchange, String queue, Item parked) {
    return rejecting(
        given()
            .add(
                Source.WIRE,
                new MessagePublished("to-pod-0", 1, exchange, queue, 0, Payload.of(parked))));
  }

  private static HistoryBuilder rejecting(HistoryBuilder told) {
    return told.add(Source.WIRE, new Rejected("to-pod-0", 1, 1, false, false))
        .disconnects("pod-0")
        .succeeds("pod-0")
        .jobCompletes()
        .ends(0, 0, 0);
  }

  private static void require(HistoryBuilder told) {
    History history = told.history();
    List<Claim> claims = List.of(losesNothing(ONE), someWorkFails());
    Judged judged = Judge.judge(history, claims);
    FailureTrials.requireKept(Rule.TAKES_ONE_ITEM, history, claims, judged);
    FailureTrials.requireKept(Rule.FAILURE_IS_NOT_SUCCESS, history, claims, judged);
  }

  @Test
  void thatItsQueueWasEmptyBeforeItWasFilledTellsNothing() {
    HistoryBuilder told = new HistoryBuilder().depth(0, 0, 0).publish(ONE);
    assertThat(done(told.job(1, 1).starts("pod-0").jobStatus(), NEVER)).isFalse();
  }

  @Test
  void itIsDoneOnceItEndedWithIt() {
    assertThat(done(given().restarts("pod-0", 1, "Error"), NEVER)).isTrue();
  }

  @Test
  void itIsNotWaitedForForever() {
    assertThat(done(given(), Duration.ZERO)).isTrue();
  }
}
