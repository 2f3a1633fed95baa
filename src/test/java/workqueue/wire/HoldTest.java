package workqueue.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.wire.Frames.PROTOCOL;
import static workqueue.wire.Frames.ack;
import static workqueue.wire.Frames.closeChannel;
import static workqueue.wire.Frames.consume;
import static workqueue.wire.Frames.consumeOk;
import static workqueue.wire.Frames.deliver;
import static workqueue.wire.Frames.heartbeat;
import static workqueue.wire.Frames.join;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import workqueue.history.Payload;
import workqueue.history.WireEvent;
import workqueue.history.WireEvent.Acked;
import workqueue.history.WireEvent.CloseAsked;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.Delivered;
import workqueue.history.WireEvent.End;
import workqueue.history.WireEvent.Held;
import workqueue.history.WireEvent.Released;
import workqueue.wire.Hold.Extent;
import workqueue.wire.Tapped.Pair;

class HoldTest {
  private final Tapped tapped = new Tapped();

  @AfterEach
  void close() throws IOException {
    tapped.close();
  }

  /** A connection on which item apple was delivered with tag 1. */
  private Pair delivered() throws IOException {
    Pair pair = tapped.pair();
    begin(pair);
    deliverTo(pair, "apple");
    return pair;
  }

  private static void begin(Pair pair) {
    byte[] asked = join(PROTOCOL, consume(1, "job1", false));
    pair.clientSays(asked);
    assertThat(pair.atBroker(asked.length)).isEqualTo(asked);
    byte[] answer = consumeOk(1, "c-1");
    pair.brokerSays(answer);
    assertThat(pair.atClient(answer.length)).isEqualTo(answer);
  }

  private static void deliverTo(Pair pair, String body) {
    byte[] delivery = deliver(1, 1, "c-1", body);
    pair.brokerSays(delivery);
    assertThat(pair.atClient(delivery.length)).isEqualTo(delivery);
  }

  private List<Class<?>> kinds() {
    return tapped.history().events().stream()
        .<Class<?>>map(each -> each.event().getClass())
        .toList();
  }

  @Test
  void afterAnAckHoldsBackWhatTheClientSaysNext() throws IOException {
    try (Pair pair = delivered()) {
      Hold hold = tapped.tap.holdAfter(Passing.ack());
      pair.clientSays(ack(1, 1), closeChannel(1));

      assertThat(pair.atBroker(ack(1, 1).length)).isEqualTo(ack(1, 1));
      HeldConnection held = tapped.await(hold);
      assertThat(pair.quietAtBroker()).isTrue();
      assertThat(held.passed().event()).isEqualTo(new Acked(held.connection(), 1, 1, false));
      assertThat(held.passed().deliveries())
          .extracting(Delivered::payload)
          .containsExactly(Payload.of("apple"));

      held.release();
      assertThat(pair.atBroker(closeChannel(1).length)).isEqualTo(closeChannel(1));
      tapped.awaitEvent(CloseAsked.class);
      assertThat(kinds())
          .endsWith(Delivered.class, Acked.class, Held.class, Released.class, CloseAsked.class);
      assertThat(held.seq()).isEqualTo(tapped.awaitEvent(Held.class).seq());
    }
  }

  @Test
  void aClientThatDiesWhileHeldIsAtItsEndOnlyAfterTheRelease() throws IOException {
    try (Pair pair = delivered()) {
      Hold hold = tapped.tap.holdAfter(Passing.ack());
      pair.clientSays(ack(1, 1));
      HeldConnection held = tapped.await(hold);
      pair.client().close();

      assertThat(pair.atBroker(ack(1, 1).length)).isEqualTo(ack(1, 1));
      assertThat(pair.quietAtBroker()).isTrue();
      held.release();

      assertThat(pair.broker().getInputStream().read()).isEqualTo(-1);
      assertThat(tapped.awaitEvent(ConnectionEnded.class).event())
          .isEqualTo(new ConnectionEnded(held.connection(), End.BROKEN, true, ""));
      assertThat(kinds()).endsWith(Acked.class, Held.class, Released.class, ConnectionEnded.class);
    }
  }

  @Test
  void beforeAnAckHoldsBackTheAckItself() throws IOException {
    try (Pair pair = delivered()) {
      Hold hold = tapped.tap.holdBefore(Passing.ack().of(Payload.of("apple").digest()));
      pair.clientSays(heartbeat(), ack(1, 1));

      HeldConnection held = tapped.await(hold);
      assertThat(pair.atBroker(heartbeat().length)).isEqualTo(heartbeat());
      assertThat(pair.quietAtBroker()).isTrue();
      assertThat(tapped.history().all(Acked.class)).isEmpty();

      held.release();
      assertThat(pair.atBroker(ack(1, 1).length)).isEqualTo(ack(1, 1));
      tapped.awaitEvent(Acked.class);
      assertThat(kinds()).endsWith(Held.class, Released.class, Acked.class);
    }
  }

  @Test
  void beforeADeliveryHoldsBackTheWholeMessage() throws IOException {
    try (Pair pair = tapped.pair()) {
      begin(pair);
      Hold hold = tapped.tap.holdBefore(Passing.delivery().of(Payload.of("banana").digest()));
      deliverTo(pair, "apple");
      byte[] banana = deliver(1, 2, "c-1", "banana");
      pair.brokerSays(heartbeat(), banana);

      HeldConnection held = tapped.await(hold);
      assertThat(pair.atClient(heartbeat().length)).isEqualTo(heartbeat());
      assertThat(pair.quietAtClient()).isTrue();
      assertThat(tapped.history().all(Delivered.class)).hasSize(1);
      assertThat(held.passed().event())
          .isEqualTo(
              new Delivered(held.connection(), 1, 2, "job1", false, true, Payload.of("banana")));

      held.release();
      assertThat(pair.atClient(banana.length)).isEqualTo(banana);
      tapped.awaitEvents(Delivered.class, 2);
    }
  }

  @Test
  void oneWayLetsTheOtherSidePassAndBothWaysDoesNot() throws IOException {
    try (Pair pair = delivered()) {
      HeldConnection oneWay = take(pair, Extent.ONE_WAY);
      pair.brokerSays(heartbeat());
      assertThat(pair.atClient(heartbeat().length)).isEqualTo(heartbeat());
      oneWay.release();

      HeldConnection bothWays = take(pair, Extent.BOTH_WAYS);
      pair.brokerSays(heartbeat());
      assertThat(pair.quietAtClient()).isTrue();
      bothWays.release();
      assertThat(pair.atClient(heartbeat().length)).isEqualTo(heartbeat());
    }
  }

  private HeldConnection take(Pair pair, Extent extent) {
    Hold hold = tapped.tap.holdAfter(Passing.ack(), extent);
    pair.clientSays(ack(1, 1));
    HeldConnection held = tapped.await(hold);
    assertThat(pair.atBroker(ack(1, 1).length)).isEqualTo(ack(1, 1));
    return held;
  }

  @Test
  void oneHeldConnectionDelaysNoOther() throws IOException {
    try (Pair first = delivered();
        Pair second = delivered();
        Pair third = delivered()) {
      HeldConnection held = take(first, Extent.ONE_WAY);
      first.clientSays(heartbeat());
      for (Pair other : List.of(second, third)) {
        other.clientSays(ack(1, 1), closeChannel(1));
        byte[] all = join(ack(1, 1), closeChannel(1));
        assertThat(other.atBroker(all.length)).isEqualTo(all);
      }
      assertThat(first.quietAtBroker()).isTrue();
      held.release();
      assertThat(first.atBroker(heartbeat().length)).isEqualTo(heartbeat());
    }
  }

  @Test
  void isCutOrResetInsteadOfReleased() throws IOException {
    try (Pair pair = delivered()) {
      HeldConnection held = take(pair, Extent.ONE_WAY);
      pair.clientSays(closeChannel(1));
      held.reset();
      held.release();

      assertThat(tapped.awaitEvent(ConnectionEnded.class).event())
          .isEqualTo(new ConnectionEnded(held.connection(), End.CUT, false, "reset while held"));
      assertThat(tapped.history().all(Released.class)).isEmpty();
      assertThat(tapped.history().all(CloseAsked.class)).isEmpty();
    }
  }

  @Test
  void whatIsDisarmedHoldsNothing() throws IOException {
    try (Pair pair = delivered()) {
      Hold hold = tapped.tap.holdAfter(Passing.ack());
      hold.close();
      pair.clientSays(ack(1, 1), closeChannel(1));

      tapped.awaitEvent(CloseAsked.class);
      assertThat(tapped.history().all(Held.class)).isEmpty();
      assertThat(hold.taken()).isCancelled();
    }
  }

  @Test
  void aHoldIsForOneConnectionOnly() throws IOException {
    try (Pair first = delivered();
        Pair second = delivered()) {
      Hold hold = tapped.tap.holdAfter(Passing.ack());
      first.clientSays(ack(1, 1));
      HeldConnection held = tapped.await(hold);
      second.clientSays(ack(1, 1), heartbeat());

      byte[] all = join(ack(1, 1), heartbeat());
      assertThat(second.atBroker(all.length)).isEqualTo(all);
      assertThat(tapped.history().all(Held.class))
          .extracting(each -> each.event().connection())
          .containsExactly(held.connection());
      assertThat(held.passed().event()).isInstanceOf(WireEvent.Acked.class);
    }
  }
}
