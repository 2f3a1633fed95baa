package workqueue.observer;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import workqueue.Item;
import workqueue.broker.Amqp;
import workqueue.broker.Broker;
import workqueue.configuration.QueueContract;
import workqueue.history.BrokerEvent.Alarm;
import workqueue.history.BrokerEvent.BrokerAlarm;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.Payload;
import workqueue.history.Recorder;
import workqueue.history.Source;

/** Publishes items and records each that the broker confirmed. */
public final class RecordedPublisher {
  private final Broker broker;
  private final Recorder recorder;

  public RecordedPublisher(Broker broker, Recorder recorder) {
    this.broker = broker;
    this.recorder = recorder;
  }

  /**
   * Publishes persistent messages and waits for the broker's confirms.
   *
   * @throws workqueue.EnvironmentTrouble if one was not confirmed; which were is then not known,
   *     and the record has a gap
   */
  public void publish(String queue, Collection<Item> items) {
    publish(queue, Optional.empty(), items);
  }

  /** The same by the exchange that feeds the queue, if one does. */
  public void publish(String queue, Optional<QueueContract.Feed> feed, Collection<Item> items) {
    Instant from = recorder.now();
    try {
      broker.amqp().publish(queue, feed, items, new RecordedBlocking());
    } catch (RuntimeException failure) {
      Sights.lost(
          recorder, Source.PUBLISHER, from, "which items reached " + queue + " is open", failure);
      throw failure;
    }
    record(queue, items, true);
  }

  /** Records items that something else published, {@code amqp-publish} for one: no confirms. */
  public void published(String queue, Item... items) {
    record(queue, List.of(items), false);
  }

  /** What the broker tells the connection that publishes. */
  private final class RecordedBlocking implements Amqp.Blocking {

    @Override
    public void blocked(String reason) {
      recorder.record(Source.PUBLISHER, new BrokerAlarm(Alarm.CONNECTION_BLOCKED, true, reason));
    }

    @Override
    public void unblocked() {
      recorder.record(Source.PUBLISHER, new BrokerAlarm(Alarm.CONNECTION_BLOCKED, false, ""));
    }
  }

  private void record(String queue, Collection<Item> items, boolean confirmed) {
    for (Item item : items) {
      recorder.record(
          Source.PUBLISHER, new ItemPublished(queue, item.id(), Payload.of(item), confirmed));
    }
  }
}
