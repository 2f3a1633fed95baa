package workqueue.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import workqueue.broker.ContainerBroker;
import workqueue.cluster.RunLock;
import workqueue.configuration.BrokerUrl;
import workqueue.configuration.ChosenImages;
import workqueue.history.Environment;
import workqueue.history.Event;
import workqueue.history.Evidence;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.HistoryFile;
import workqueue.history.Payload;
import workqueue.history.Recorder;
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
import workqueue.history.WireEvent.MessageReturned;
import workqueue.history.WireEvent.PublishAnswered;
import workqueue.history.WireEvent.QueueDeclared;
import workqueue.history.WireEvent.QueueFoundEmpty;
import workqueue.history.WireEvent.RefusedByBroker;
import workqueue.history.WireEvent.Rejected;
import workqueue.history.WireEvent.SessionOpened;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;
import workqueue.waiting.Sight;

/** Speaks to a real RabbitMQ through the tap, and beside it. */
class WireTapIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Patience PATIENCE = new Patience(1, Progress.NONE);
  private static final String RUN = "wq-wire-" + Long.toString(System.nanoTime() % 1_000_000, 36);
  private static final int LARGE = 16 << 20;
  private static final CancelCallback NO_MATTER = tag -> {};

  private static RunLock lock;
  private static ContainerBroker broker;

  private final Recorder recorder = new Recorder(Clock.systemUTC());
  private WireTap tap;

  @BeforeAll
  static void start() {
    lock = RunLock.take(RunLock.usualFolder(), RUN);
    broker =
        new ContainerBroker(ChosenImages.get().broker(), Optional.empty(), lock, PATIENCE).start();
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
    lock.close();
  }

  @BeforeEach
  void open() {
    BrokerUrl url = broker.address("/");
    tap = WireTap.open(() -> new InetSocketAddress(url.host(), url.port()), recorder);
  }

  @AfterEach
  void close() {
    tap.close();
  }

  private static ConnectionFactory client(int port) {
    BrokerUrl url = broker.address("/");
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost(url.host());
    factory.setPort(port);
    factory.setUsername(url.user());
    factory.setPassword(url.password());
    factory.setAutomaticRecoveryEnabled(false);
    return factory;
  }

  private History history() {
    return recorder.history(
        new Header("wire.test", Instant.EPOCH, Environment.unknown(), Evidence.none(), List.of()));
  }

  private <E extends Event> List<E> all(Class<E> type) {
    return history().all(type).stream().map(each -> each.event()).toList();
  }

  private void awaitEnd(int connections) {
    PATIENCE.await(
        "the end of " + connections + " connections",
        LIMIT,
        () ->
            Sight.when(
                all(ConnectionEnded.class).size() >= connections,
                all(ConnectionEnded.class).toString()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] body) {
    return Payload.of(body).digest() + " " + body.length;
  }

  /** All that a client can see of a dialogue with all kinds of frames in it. */
  private static List<String> dialogue(int port, String queue) throws Exception {
    List<String> seen = new ArrayList<>();
    byte[] large = new byte[LARGE];
    new Random(7).nextBytes(large);
    try (Connection connection = client(port).newConnection()) {
      seen.add(connection.getChannelMax() + " " + connection.getFrameMax());
      Channel channel = connection.createChannel();
      channel.confirmSelect();
      seen.add(channel.queueDeclare(queue, true, false, false, null).toString());
      channel.addReturnListener(each -> seen.add(each.getReplyCode() + text(each.getBody())));
      for (byte[] body : List.of(utf8("apple"), utf8(""), large, utf8("fig"), utf8("grape"))) {
        channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, body);
      }
      seen.add("confirmed " + channel.waitForConfirms(LIMIT.toMillis()));
      channel.basicPublish("", queue + "-nowhere", true, null, utf8("returned"));
      seen.add("confirmed " + channel.waitForConfirms(LIMIT.toMillis()));

      channel.basicQos(1);
      BlockingQueue<Delivery> deliveries = new ArrayBlockingQueue<>(10);
      String consumer =
          channel.basicConsume(
              queue, false, "eater", (tag, each) -> deliveries.add(each), NO_MATTER);
      Delivery apple = next(deliveries, seen);
      channel.basicAck(apple.getEnvelope().getDeliveryTag(), false);
      Delivery empty = next(deliveries, seen);
      channel.basicNack(empty.getEnvelope().getDeliveryTag(), false, true);
      Delivery again = next(deliveries, seen);
      channel.basicAck(again.getEnvelope().getDeliveryTag(), true);
      Delivery whole = next(deliveries, seen);
      channel.basicCancel(consumer);
      channel.basicReject(whole.getEnvelope().getDeliveryTag(), false);

      GetResponse got = channel.basicGet(queue, false);
      seen.add(got.getMessageCount() + " " + text(got.getBody()));
      channel.basicAck(0, true);
      seen.add(text(channel.basicGet(queue, true).getBody()));
      seen.add("empty " + channel.basicGet(queue, true));
      seen.add(channel.queueDelete(queue).toString());
      channel.close();
      seen.add(refusal(connection));
    }
    return seen;
  }

  private static Delivery next(BlockingQueue<Delivery> deliveries, List<String> seen)
      throws InterruptedException {
    Delivery delivery = deliveries.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    seen.add(delivery.getEnvelope() + " " + text(delivery.getBody()));
    return delivery;
  }

  private static String refusal(Connection connection) throws IOException {
    try {
      return "declared " + connection.createChannel().queueDeclarePassive("wire-missing");
    } catch (IOException refused) {
      ShutdownSignalException why = (ShutdownSignalException) refused.getCause();
      AMQP.Channel.Close close = (AMQP.Channel.Close) why.getReason();
      return close.getReplyCode() + " " + close.getReplyText();
    }
  }

  @Test
  void aClientSeesNoDifferenceAndAllIsRecorded() throws Exception {
    List<String> direct = dialogue(broker.address("/").port(), "wire-all");
    List<String> tapped = dialogue(tap.port(), "wire-all");
    awaitEnd(1);

    assertThat(tapped).isEqualTo(direct);
    byte[] large = new byte[LARGE];
    new Random(7).nextBytes(large);
    Payload apple = Payload.of("apple");
    String connection = all(ConnectionOpened.class).get(0).connection();
    String client = all(SessionOpened.class).get(0).client();
    assertThat(client).startsWith("RabbitMQ ");
    assertThat(all(SessionOpened.class))
        .containsExactly(new SessionOpened(connection, "/", 2047, 131072, 60, client));
    assertThat(all(QueueDeclared.class))
        .containsExactly(new QueueDeclared(connection, 1, "wire-all", false, true, 0, 0));
    assertThat(all(MessagePublished.class))
        .extracting(MessagePublished::number, MessagePublished::queue, MessagePublished::payload)
        .containsExactly(
            tuple(1L, "wire-all", apple),
            tuple(2L, "wire-all", Payload.of("")),
            tuple(3L, "wire-all", Payload.of(large)),
            tuple(4L, "wire-all", Payload.of("fig")),
            tuple(5L, "wire-all", Payload.of("grape")),
            tuple(6L, "wire-all-nowhere", Payload.of("returned")));
    assertThat(all(PublishAnswered.class)).allMatch(PublishAnswered::confirmed);
    assertThat(all(PublishAnswered.class)).extracting(PublishAnswered::number).contains(6L);
    assertThat(all(MessageReturned.class))
        .containsExactly(
            new MessageReturned(
                connection, 1, "", "wire-all-nowhere", 312, "NO_ROUTE", Payload.of("returned")));
    assertThat(all(ConsumerStarted.class))
        .containsExactly(new ConsumerStarted(connection, 1, "wire-all", "eater", 1, true));
    assertThat(all(Delivered.class))
        .extracting(
            Delivered::tag,
            Delivered::queue,
            Delivered::redelivered,
            Delivered::acks,
            Delivered::payload)
        .containsExactly(
            tuple(1L, "wire-all", false, true, apple),
            tuple(2L, "wire-all", false, true, Payload.of("")),
            tuple(3L, "wire-all", true, true, Payload.of("")),
            tuple(4L, "wire-all", false, true, Payload.of(large)),
            tuple(5L, "wire-all", false, true, Payload.of("fig")),
            tuple(6L, "wire-all", false, false, Payload.of("grape")));
    assertThat(all(Acked.class))
        .containsExactly(
            new Acked(connection, 1, 1, false),
            new Acked(connection, 1, 3, true),
            new Acked(connection, 1, 0, true));
    assertThat(all(Rejected.class))
        .containsExactly(
            new Rejected(connection, 1, 2, false, true),
            new Rejected(connection, 1, 4, false, false));
    assertThat(all(QueueFoundEmpty.class))
        .containsExactly(new QueueFoundEmpty(connection, 1, "wire-all"));
    assertThat(all(ConsumerCancelled.class))
        .containsExactly(new ConsumerCancelled(connection, 1, "eater", false));
    assertThat(all(RefusedByBroker.class))
        .containsExactly(
            new RefusedByBroker(
                connection, 1, 404, "NOT_FOUND - no queue 'wire-missing' in vhost '/'"));
    assertThat(all(CloseAsked.class))
        .containsExactly(
            new CloseAsked(connection, 1, true, 200, "OK"),
            new CloseAsked(connection, 0, true, 200, "OK"));
    assertThat(all(ConnectionEnded.class))
        .containsExactly(new ConnectionEnded(connection, End.CLOSED, true, ""));
    assertThat(all(LoginAsked.class)).containsExactly(new LoginAsked(connection, "guest", null));
    assertThat(HistoryFile.toText(history()).replace("\"user\":\"guest\"", ""))
        .doesNotContain("guest");
  }

  @Test
  void aRefusedLoginIsRecordedWithoutThePassword() throws IOException, TimeoutException {
    ConnectionFactory factory = client(tap.port());
    factory.setPassword("no-such-password");
    try (Connection connection = factory.newConnection()) {
      assertThat(connection.isOpen()).isFalse();
    } catch (IOException | AlreadyClosedException refused) {
      assertThat(refused).hasMessageContaining("ACCESS_REFUSED");
    }
    awaitEnd(1);

    assertThat(all(RefusedByBroker.class)).extracting(RefusedByBroker::code).containsExactly(403);
    assertThat(HistoryFile.toText(history())).doesNotContain("no-such-password");
  }

  @Test
  void aHeldAckIsDoneForTheBrokerAndTheItemOfACutConnectionIsNot() throws Exception {
    try (Connection direct = client(broker.address("/").port()).newConnection()) {
      Channel channel = direct.createChannel();
      channel.queueDeclare("wire-held", true, false, false, null);
      channel.basicPublish("", "wire-held", null, utf8("apple"));
      channel.basicPublish("", "wire-held", null, utf8("banana"));

      Hold afterAck = tap.holdAfter(Passing.ack());
      Channel first = client(tap.port()).newConnection().createChannel();
      first.basicAck(first.basicGet("wire-held", false).getEnvelope().getDeliveryTag(), false);
      HeldConnection acked = PATIENCE.await("the hold", LIMIT, afterAck.taken());
      acked.cut();

      Hold beforeAck = tap.holdBefore(Passing.ack());
      Channel second = client(tap.port()).newConnection().createChannel();
      second.basicAck(second.basicGet("wire-held", false).getEnvelope().getDeliveryTag(), false);
      HeldConnection unacked = PATIENCE.await("the hold", LIMIT, beforeAck.taken());
      assertThat(unacked.passed().deliveries().get(0).payload()).isEqualTo(Payload.of("banana"));
      unacked.reset();

      GetResponse left = PATIENCE.await("banana to be back", LIMIT, () -> fetch(channel));
      assertThat(left.getBody()).isEqualTo(utf8("banana"));
      assertThat(left.getEnvelope().isRedeliver()).isTrue();
      assertThat(channel.queueDelete("wire-held").getMessageCount()).isZero();
    }
    assertThat(all(ConnectionEnded.class)).extracting(ConnectionEnded::end).containsOnly(End.CUT);
  }

  private static Sight<GetResponse> fetch(Channel channel) throws IOException {
    GetResponse got = channel.basicGet("wire-held", true);
    return got == null ? Sight.notYet("none") : Sight.found(got);
  }
}
