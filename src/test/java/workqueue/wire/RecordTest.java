package workqueue.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static workqueue.wire.Frames.PROTOCOL;
import static workqueue.wire.Frames.ack;
import static workqueue.wire.Frames.consume;
import static workqueue.wire.Frames.consumeOk;
import static workqueue.wire.Frames.deliver;
import static workqueue.wire.Frames.frame;
import static workqueue.wire.Frames.heartbeat;
import static workqueue.wire.Frames.join;
import static workqueue.wire.Frames.message;
import static workqueue.wire.Frames.method;
import static workqueue.wire.Frames.publish;
import static workqueue.wire.Frames.startOk;
import static workqueue.wire.Frames.utf8;

import com.rabbitmq.client.impl.AMQImpl.Basic;
import com.rabbitmq.client.impl.AMQImpl.Channel;
import com.rabbitmq.client.impl.AMQImpl.Confirm;
import com.rabbitmq.client.impl.AMQImpl.Connection;
import com.rabbitmq.client.impl.AMQImpl.Queue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import workqueue.history.HistoryFile;
import workqueue.history.Payload;
import workqueue.history.WireEvent;
import workqueue.history.WireEvent.Acked;
import workqueue.history.WireEvent.CloseAsked;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.ConsumerCancelled;
import workqueue.history.WireEvent.ConsumerStarted;
import workqueue.history.WireEvent.Delivered;
import workqueue.history.WireEvent.End;
import workqueue.history.WireEvent.LoginAsked;
import workqueue.history.WireEvent.MessagePublished;
import workqueue.history.WireEvent.PublishAnswered;
import workqueue.history.WireEvent.PublishingBlocked;
import workqueue.history.WireEvent.QueueDeclared;
import workqueue.history.WireEvent.QueueFoundEmpty;
import workqueue.history.WireEvent.RefusedByBroker;
import workqueue.history.WireEvent.Rejected;
import workqueue.history.WireEvent.SessionOpened;
import workqueue.history.WireEvent.Unreadable;
import workqueue.wire.Tapped.Pair;

/** What is recorded of frames as the broker's own client writes them. */
class RecordTest {
  private final Tapped tapped = new Tapped();

  @AfterEach
  void close() throws IOException {
    tapped.close();
  }

  private static void client(Pair pair, byte[]... parts) {
    byte[] all = join(parts);
    pair.clientSays(all);
    assertThat(pair.atBroker(all.length)).isEqualTo(all);
  }

  private static void broker(Pair pair, byte[]... parts) {
    byte[] all = join(parts);
    pair.brokerSays(all);
    assertThat(pair.atClient(all.length)).isEqualTo(all);
  }

  /** What was recorded of the one connection after it was opened, when it has come to this end. */
  private List<WireEvent> recorded(Pair pair) throws IOException {
    pair.client().close();
    assertThat(pair.broker().getInputStream().read()).isEqualTo(-1);
    pair.broker().close();
    tapped.awaitEvent(ConnectionEnded.class);
    List<WireEvent> events = new ArrayList<>();
    tapped.history().events().forEach(each -> events.add((WireEvent) each.event()));
    assertThat(events.get(0)).isInstanceOf(ConnectionOpened.class);
    assertThat(events.get(events.size() - 1)).isInstanceOf(ConnectionEnded.class);
    return events.subList(1, events.size() - 1);
  }

  private String name() {
    return tapped.awaitEvent(ConnectionOpened.class).event().connection();
  }

  @Test
  void openingTuningAndClosing() throws IOException {
    try (Pair pair = tapped.pair()) {
      client(pair, PROTOCOL, startOk(), method(0, new Connection.TuneOk(7, 131072, 60)));
      client(pair, method(0, new Connection.Open("/demo", "", false)));
      broker(pair, method(0, new Connection.OpenOk("")));
      client(pair, method(0, new Connection.Close(200, "bye", 0, 0)));
      broker(pair, method(0, new Connection.CloseOk()));
      String name = name();

      assertThat(recorded(pair))
          .containsExactly(
              new LoginAsked(name, "guest", null),
              new SessionOpened(name, "/demo", 7, 131072, 60, "test"),
              new CloseAsked(name, 0, true, 200, "bye"));
      assertThat(tapped.awaitEvent(ConnectionEnded.class).event())
          .isEqualTo(new ConnectionEnded(name, End.CLOSED, true, ""));
      assertThat(HistoryFile.toText(tapped.history())).doesNotContain(Frames.PASSWORD);
    }
  }

  @Test
  void whetherAPasswordIsOneThatWorkersWereGiven() throws IOException {
    tapped.recorder.secrets().keep("another-password");
    try (Pair pair = tapped.pair()) {
      client(pair, PROTOCOL, startOk());
      tapped.awaitEvent(LoginAsked.class);
    }
    tapped.recorder.secrets().keep(Frames.PASSWORD);
    try (Pair pair = tapped.pair()) {
      client(pair, PROTOCOL, startOk());
      assertThat(tapped.awaitEvents(LoginAsked.class, 2))
          .extracting(each -> each.event().user(), each -> each.event().passwordGiven())
          .containsExactly(tuple("guest", false), tuple("guest", true));
    }
    assertThat(HistoryFile.toText(tapped.history())).doesNotContain(Frames.PASSWORD);
  }

  @Test
  void whatTheBrokerRefuses() throws IOException {
    try (Pair pair = tapped.pair()) {
      client(pair, PROTOCOL);
      broker(pair, method(3, new Channel.Close(404, "no queue amqp://u:secret@h", 50, 10)));
      client(pair, method(3, new Channel.CloseOk()));
      broker(pair, method(0, new Connection.Close(320, "shutdown", 0, 0)));
      client(pair, method(0, new Connection.CloseOk()));
      String name = name();

      assertThat(recorded(pair))
          .containsExactly(
              new RefusedByBroker(name, 3, 404, "no queue amqp://u:***@h"),
              new RefusedByBroker(name, 0, 320, "shutdown"));
      assertThat(tapped.awaitEvent(ConnectionEnded.class).event().byClient()).isFalse();
    }
  }

  @Test
  void queuesDeclaredWithAndWithoutAnAnswer() throws IOException {
    try (Pair pair = tapped.pair()) {
      client(
          pair,
          PROTOCOL,
          method(1, new Queue.Declare(0, "", false, true, false, false, false, Map.of("a", "b"))),
          method(1, new Queue.Declare(0, "two", true, false, false, false, true, Map.of())));
      broker(pair, method(1, new Queue.DeclareOk("amq.gen-1", 4, 2)));
      String name = name();

      assertThat(recorded(pair))
          .containsExactly(
              new QueueDeclared(name, 1, "two", true, false, null, null),
              new QueueDeclared(name, 1, "amq.gen-1", false, true, 4, 2));
    }
  }

  @Test
  void publishingWithConfirmsOnOneChannelAndWithoutOnAnother() throws IOException {
    try (Pair pair = tapped.pair()) {
      client(pair, PROTOCOL, method(1, new Confirm.Select(false)));
      client(pair, publish(1, "job1", "apple"), publish(2, "job2", "fig"), publish(1, "job1", ""));
      broker(
          pair,
          method(1, new Basic.Ack(1, false)),
          method(1, new Basic.Nack(2, true, false)),
          method(0, new Connection.Blocked("low on memory")),
          method(0, new Connection.Unblocked()));
      String name = name();

      assertThat(recorded(pair))
          .containsExactly(
              new MessagePublished(name, 1, "", "job1", 1, Payload.of("apple")),
              new MessagePublished(name, 2, "", "job2", 0, Payload.of("fig")),
              new MessagePublished(name, 1, "", "job1", 2, Payload.of("")),
              new PublishAnswered(name, 1, 1, false, true),
              new PublishAnswered(name, 1, 2, true, false),
              new PublishingBlocked(name, true, "low on memory"),
              new PublishingBlocked(name, false, ""));
    }
  }

  @Test
  void askingForOneAgainAndAgainIsToldOnceASecond() throws IOException {
    try (Pair pair = tapped.pair()) {
      client(
          pair,
          PROTOCOL,
          method(1, new Basic.Get(0, "job1", false)),
          method(1, new Basic.Get(0, "job1", false)),
          method(2, new Basic.Get(0, "job2", false)));
      broker(
          pair,
          method(1, new Basic.GetEmpty("")),
          method(1, new Basic.GetEmpty("")),
          method(2, new Basic.GetEmpty("")));

      assertThat(recorded(pair))
          .containsExactly(
              new QueueFoundEmpty(name(), 1, "job1"), new QueueFoundEmpty(name(), 2, "job2"));
    }
  }

  @Test
  void consumingFromTheQueueDeclaredLastWithAcksAndWithout() throws IOException {
    try (Pair pair = tapped.pair()) {
      client(
          pair,
          PROTOCOL,
          method(1, new Queue.Declare(0, "job1", false, true, false, false, true, Map.of())),
          method(1, new Basic.Qos(0, 5, false)),
          consume(1, "", false),
          consume(2, "job2", true),
          method(3, new Basic.Consume(0, "job3", "mine", false, false, false, true, Map.of())));
      broker(pair, consumeOk(1, "c-1"), consumeOk(2, "c-2"));
      broker(pair, deliver(1, 1, "c-1", "apple"), deliver(2, 1, "c-2", "fig"));
      broker(pair, deliver(3, 1, "mine", "lemon"), method(1, new Basic.Cancel("c-1", true)));
      client(pair, method(2, new Basic.Cancel("c-2", false)));
      String name = name();

      assertThat(recorded(pair))
          .containsExactly(
              new QueueDeclared(name, 1, "job1", false, true, null, null),
              new ConsumerStarted(name, 3, "job3", "mine", 0, true),
              new ConsumerStarted(name, 1, "job1", "c-1", 5, true),
              new ConsumerStarted(name, 2, "job2", "c-2", 0, false),
              new Delivered(name, 1, 1, "job1", false, true, Payload.of("apple")),
              new Delivered(name, 2, 1, "job2", false, false, Payload.of("fig")),
              new Delivered(name, 3, 1, "job3", false, true, Payload.of("lemon")),
              new ConsumerCancelled(name, 1, "c-1", true),
              new ConsumerCancelled(name, 2, "c-2", false));
    }
  }

  @Test
  void acksOfAllKindsKnowWhatTheySettle() throws IOException {
    try (Pair pair = tapped.pair()) {
      client(pair, PROTOCOL, consume(1, "job1", false));
      broker(pair, consumeOk(1, "c-1"));
      for (int tag = 1; tag <= 6; tag++) {
        broker(pair, deliver(1, tag, "c-1", "item " + tag));
      }
      List<Object> settled = new ArrayList<>();
      tapped.tap.holdBefore(
          Passing.ack().and("", each -> !settled.add(tuple(each.event(), tags(each)))));
      tapped.tap.holdBefore(
          Passing.rejection().and("", each -> !settled.add(tuple(each.event(), tags(each)))));
      client(
          pair,
          method(1, new Basic.Ack(2, true)),
          method(1, new Basic.Reject(3, true)),
          method(1, new Basic.Nack(4, false, false)),
          method(2, new Basic.Ack(0, true)),
          method(1, new Basic.Ack(5, false)),
          method(1, new Basic.Recover(true)));
      String name = name();

      assertThat(recorded(pair)).hasSize(1 + 6 + 6);
      assertThat(settled)
          .containsExactly(
              tuple(new Acked(name, 1, 2, true), List.of(1L, 2L)),
              tuple(new Rejected(name, 1, 3, false, true), List.of(3L)),
              tuple(new Rejected(name, 1, 4, false, false), List.of(4L)),
              tuple(new Acked(name, 2, 0, true), List.of()),
              tuple(new Acked(name, 1, 5, false), List.of(5L)),
              tuple(new Rejected(name, 1, 0, true, true), List.of(6L)));
    }
  }

  private static List<Long> tags(Passed passed) {
    return passed.deliveries().stream().map(Delivered::tag).toList();
  }

  @Test
  void messagesWhoseFramesAreMixedWithThoseOfOtherChannels() throws IOException {
    byte[] first = message(1, new Basic.GetOk(1, true, "", "job1", 0), utf8("apple, banana"), 5);
    byte[] second = message(2, new Basic.GetOk(1, false, "", "job2", 0), utf8("cherry"), 100);
    // The first message's method and header are 39 bytes, a whole body frame of it 13.
    int inside = first.length - 2 * 13;
    try (Pair pair = tapped.pair()) {
      client(
          pair,
          PROTOCOL,
          method(1, new Basic.Get(0, "job1", false)),
          method(2, new Basic.Get(0, "job2", true)));
      broker(
          pair,
          Arrays.copyOf(first, inside + 2),
          Arrays.copyOfRange(first, inside + 2, first.length - 11),
          heartbeat(),
          second,
          Arrays.copyOfRange(first, first.length - 11, first.length));
      String name = name();

      assertThat(recorded(pair))
          .containsExactly(
              new Delivered(name, 2, 1, "job2", false, false, Payload.of("cherry")),
              new Delivered(name, 1, 1, "job1", true, true, Payload.of("apple, banana")));
    }
  }

  @Test
  void methodsNobodyKnowsAndTheirContentsPass() throws IOException {
    byte[] unknown = frame(1, 1, new byte[] {0, 99, 0, 7, 1, 2, 3});
    byte[] header = frame(2, 1, new byte[] {0, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0});
    try (Pair pair = tapped.pair()) {
      client(pair, PROTOCOL, unknown, header, frame(3, 1, utf8("abc")), ack(1, 1));

      assertThat(recorded(pair)).containsExactly(new Acked(name(), 1, 1, false));
    }
  }

  static Stream<Arguments> damage() {
    byte[] noEnd = ack(1, 1);
    noEnd[noEnd.length - 1] = 0;
    byte[] bodyNoEnd = publish(1, "job1", "apple");
    bodyNoEnd[bodyNoEnd.length - 1] = 1;
    byte[] cutShort = frame(1, 1, new byte[] {0, 60, 0, 80, 0});
    byte[] hugeBody = {0, 60, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0};
    byte[] hugeMethod = {1, 0, 1, 0, 16, 0, 1};
    return Stream.of(
        Arguments.of("a frame without its end", noEnd),
        Arguments.of("a frame without its end", bodyNoEnd),
        Arguments.of("a frame of type 200", new byte[] {(byte) 200}),
        Arguments.of("a frame of type 4", frame(4, 0, new byte[3])),
        Arguments.of("it cannot be understood: ", cutShort),
        Arguments.of("a method or header of 1048577 bytes", hugeMethod),
        Arguments.of(
            "it cannot be understood: a body of 18446744073709551615 bytes",
            join(
                method(1, new Basic.Publish(0, "", "job1", false, false)), frame(2, 1, hugeBody))));
  }

  @ParameterizedTest
  @MethodSource("damage")
  void afterADamagedFrameTheSideIsPassedOnUnread(String why, byte[] damaged) throws IOException {
    try (Pair pair = tapped.pair()) {
      client(pair, PROTOCOL, damaged, ack(1, 1));
      broker(pair, method(0, new Connection.Close(501, "FRAME_ERROR", 0, 0)));
      String name = name();

      List<WireEvent> events = recorded(pair);
      assertThat(events).hasSize(2);
      assertThat(events.get(0)).isInstanceOf(Unreadable.class);
      assertThat(((Unreadable) events.get(0)).why()).startsWith(why);
      assertThat(((Unreadable) events.get(0)).byClient()).isTrue();
      assertThat(events.get(1)).isEqualTo(new RefusedByBroker(name, 0, 501, "FRAME_ERROR"));
    }
  }

  @Test
  void whatIsNoAmqpPasses() throws IOException {
    try (Pair pair = tapped.pair()) {
      client(pair, utf8("GET / HTTP/1.1\r\n\r\n"));
      broker(pair, utf8("AMQP"), new byte[] {0, 0, 9, 1});
      String name = name();

      assertThat(recorded(pair))
          .containsExactly(
              new Unreadable(name, true, "it is no AMQP"),
              new RefusedByBroker(
                  name, 0, 0, "the client's protocol is not spoken here, but 414d515000000901"),
              new Unreadable(name, false, "a protocol header instead of frames: 414d515000000901"));
    }
  }

  @Test
  void tlsPasses() throws IOException {
    try (Pair pair = tapped.pair()) {
      client(pair, new byte[] {0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5});
      broker(pair, new byte[] {0x16, 3, 3, 0, 2, 7, 7});
      String name = name();

      assertThat(recorded(pair))
          .containsExactly(
              new Unreadable(name, true, "TLS"), new Unreadable(name, false, "a frame of type 22"));
    }
  }

  @Test
  void anotherVersionOfAmqpPasses() throws IOException {
    byte[] amqp10 = {'A', 'M', 'Q', 'P', 3, 1, 0, 0};
    try (Pair pair = tapped.pair()) {
      client(pair, amqp10, utf8("open"));
      broker(pair, amqp10, utf8("mechanisms"));
      String name = name();

      assertThat(recorded(pair))
          .containsExactly(
              new Unreadable(name, true, "another protocol than AMQP 0-9-1: 414d515003010000"),
              new Unreadable(name, false, "a protocol header instead of frames: 414d515003010000"));
    }
  }
}
