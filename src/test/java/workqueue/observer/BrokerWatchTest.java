package workqueue.observer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import workqueue.EnvironmentTrouble;
import workqueue.Items;
import workqueue.broker.Amqp;
import workqueue.broker.Broker;
import workqueue.broker.BrokerFacts;
import workqueue.broker.Depth;
import workqueue.broker.QueueFigures;
import workqueue.broker.ServerIdentity;
import workqueue.configuration.BrokerUrl;
import workqueue.history.BrokerEvent.Alarm;
import workqueue.history.BrokerEvent.Asked;
import workqueue.history.BrokerEvent.BrokerAlarm;
import workqueue.history.BrokerEvent.BrokerCounters;
import workqueue.history.BrokerEvent.Consumer;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.BrokerEvent.QueueConsumers;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;

class BrokerWatchTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  // Nobody listens there.
  private static final BrokerUrl NOWHERE =
      new BrokerUrl(false, "guest", "secret", "localhost", 1, "/");

  private final Recorder recorder = new Recorder(Clock.fixed(NOON, ZoneOffset.UTC));
  private final Patience patience = new Patience(1, Progress.NONE);

  private Iterator<Long> acks = List.of(7L).iterator();
  private Broker.Alarms alarms = new Broker.Alarms(false, false);

  private History history() {
    return recorder.history(new Header("test", NOON, null, null, null));
  }

  @Test
  void recordsWhatTheQueueHolds() {
    new BrokerWatch(broker(() -> new Depth(3, 1, 2)), recorder).sampleExactly("job1");

    assertThat(history().all(QueueDepth.class).get(0).event())
        .isEqualTo(new QueueDepth("job1", true, 3, 1, 2, Asked.CTL, NOON));
  }

  @Test
  void doesNotClaimToKnowWhatIsUnacked() {
    new BrokerWatch(broker(() -> new Depth(3, Depth.UNKNOWN, 2)), recorder).sampleExactly("job1");

    assertThat(history().all(QueueDepth.class).get(0).event())
        .isEqualTo(new QueueDepth("job1", true, 3, null, 2, Asked.AMQP, NOON));
  }

  @Test
  void recordsAGapWhereTheBrokerCannotBeAsked() {
    Broker away =
        broker(
            () -> {
              throw new EnvironmentTrouble("The broker's container cannot be asked.");
            });

    new BrokerWatch(away, recorder).sampleExactly("job1");

    assertThat(history().all(QueueDepth.class)).isEmpty();
    assertThat(history().gaps(Source.BROKER).get(0).event().why())
        .isEqualTo("the depth of job1 cannot be asked: The broker's container cannot be asked.");
  }

  @Test
  void recordsAQueueThatIsMissing() {
    assertThat(DepthSampling.event("job1", Optional.empty(), NOON))
        .isEqualTo(new QueueDepth("job1", false, null, null, null, Asked.AMQP, NOON));
  }

  @Test
  void recordsWhenTheBrokerWasOutOfSight() {
    try (DepthSampling sampling = new DepthSampling("job1", recorder, new Amqp(NOWHERE).peeks())) {
      sampling.sample();
      sampling.sample();
      assertThat(history().isEmpty()).isTrue();
    }

    assertThat(history().gaps(Source.BROKER)).hasSize(1);
    assertThat(history().gaps(Source.BROKER).get(0).event().why())
        .startsWith("the queue job1 was out of sight: Could not look at queue job1 on ");
  }

  @Test
  void datesCountersBackByTheirAge() {
    new BrokerWatch(broker(() -> new Depth(0, 0, 0)), recorder)
        .sampleFigures("job1", NOON.minusSeconds(1), patience);

    assertThat(history().all(BrokerCounters.class).get(0).event())
        .isEqualTo(new BrokerCounters("job1", 8, 9, 1, 2, 7, NOON.minusSeconds(1)));
    assertThat(history().all(QueueConsumers.class).get(0).event())
        .isEqualTo(
            new QueueConsumers(
                "job1",
                List.of(new Consumer("tag", "channel (1)", 1, true, null, "10.0.0.7", "")),
                NOON.minusSeconds(1)));
    assertThat(history().all(BrokerAlarm.class))
        .singleElement()
        .satisfies(
            alarm -> assertThat(alarm.event()).isEqualTo(new BrokerAlarm(Alarm.DISK, true, "")));
  }

  @Test
  void givesCountersThatLackAcksTimeToCount() {
    acks = List.of(4L, 4L, 7L).iterator();
    counting(recorder).sampleFinally("job1", NOON.minusSeconds(1), patience);

    assertThat(history().all(BrokerCounters.class))
        .extracting(each -> each.event().acked())
        .containsExactly(7L);
  }

  @Test
  void takesCountersThatStillLackAcksAfterAWhileAsTheyAre() {
    acks = Stream.generate(() -> 4L).iterator();
    Recorder later = new Recorder(Clock.systemUTC());
    counting(later).sampleFinally("job1", later.now().minusSeconds(10), patience);

    assertThat(later.history(new Header("test", NOON, null, null, null)).all(BrokerCounters.class))
        .extracting(each -> each.event().acked())
        .containsExactly(4L);
  }

  private BrokerWatch counting(Recorder into) {
    return new BrokerWatch(broker(() -> new Depth(0, 0, 0)), into).counting();
  }

  @Test
  void recordsAnAlarmWhenItIsRaisedAndWhenItIsOver() {
    BrokerWatch watch = new BrokerWatch(broker(() -> new Depth(0, 0, 0)), recorder);
    watch.sampleAlarms();
    alarms = new Broker.Alarms(true, false);
    watch.sampleAlarms();
    watch.sampleAlarms();
    alarms = new Broker.Alarms(false, false);
    watch.sampleAlarms();

    assertThat(history().all(BrokerAlarm.class))
        .extracting(each -> each.event())
        .containsExactly(
            new BrokerAlarm(Alarm.MEMORY, true, ""), new BrokerAlarm(Alarm.MEMORY, false, ""));
  }

  @Test
  void recordsNothingAsPublishedThatWasNotConfirmed() {
    RecordedPublisher publisher = new RecordedPublisher(broker(() -> new Depth(0, 0, 0)), recorder);

    assertThatThrownBy(() -> publisher.publish("job1", Items.ofTutorial()))
        .isInstanceOf(EnvironmentTrouble.class);

    assertThat(history().all(ItemPublished.class)).isEmpty();
    assertThat(history().gaps(Source.PUBLISHER).get(0).event().why())
        .startsWith("which items reached job1 is open: Could not publish to queue job1");
  }

  @Test
  void recordsWhatSomethingElsePublished() {
    new RecordedPublisher(broker(() -> new Depth(0, 0, 0)), recorder)
        .published("job1", Items.ofTutorial().get(2));

    assertThat(history().all(ItemPublished.class).get(0).event().item()).isEqualTo(2);
    assertThat(history().all(ItemPublished.class).get(0).event().confirmed()).isFalse();
  }

  private Broker broker(Supplier<Depth> depth) {
    return new Broker() {
      @Override
      public BrokerFacts facts() {
        return new BrokerFacts("container", new ServerIdentity("RabbitMQ", "4.3.1", List.of()));
      }

      @Override
      public Amqp amqp() {
        return new Amqp(NOWHERE);
      }

      @Override
      public BrokerUrl forPods() {
        return NOWHERE;
      }

      @Override
      public Depth depth(String queue) {
        return depth.get();
      }

      @Override
      public Optional<QueueFigures> figures(String queue) {
        return Optional.of(
            new QueueFigures(
                8,
                9,
                1,
                2,
                acks.next(),
                List.of(new QueueFigures.Consumer("tag", "channel (1)", 1, true, "10.0.0.7")),
                false,
                true,
                Map.of("x-queue-type", "classic"),
                "keep-five",
                Map.of("max-length", "5"),
                Duration.ofSeconds(1)));
      }

      @Override
      public Alarms alarms() {
        return alarms;
      }

      @Override
      public void close() {}
    };
  }
}
