package workqueue.history;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the broker holds and says. */
public sealed interface BrokerEvent extends Event {

  /**
   * The harness published an item.
   *
   * @param item its identity, from 0
   * @param confirmed whether the broker confirmed that it holds it
   */
  record ItemPublished(String queue, int item, Payload payload, boolean confirmed)
      implements BrokerEvent {
    public ItemPublished {
      queue = Text.required("queue", queue);
      Text.present("payload", payload);
    }
  }

  /**
   * The arguments that a queue was declared with, besides its being durable.
   *
   * @param arguments as text, whatever their type
   */
  record QueueArguments(String queue, Map<String, String> arguments) implements BrokerEvent {
    public QueueArguments {
      queue = Text.required("queue", queue);
      arguments = clean(arguments);
    }
  }

  /**
   * The policy that holds for a queue, as the broker puts it together.
   *
   * @param policy its name; empty if it is an operator's alone
   * @param definition its values as text, whatever their type
   */
  record QueuePolicy(String queue, String policy, Map<String, String> definition)
      implements BrokerEvent {
    public QueuePolicy {
      queue = Text.required("queue", queue);
      policy = Text.clean(policy);
      definition = clean(definition);
    }
  }

  private static Map<String, String> clean(Map<String, String> texts) {
    Map<String, String> clean = new TreeMap<>();
    if (texts != null) {
      texts.forEach((name, value) -> clean.put(Text.clean(name), Text.clean(value)));
    }
    return Collections.unmodifiableMap(clean);
  }

  /** Who was asked for a queue's depth. */
  enum Asked {
    /** A passive declare: live, but it does not know what is unacked. */
    AMQP,
    /** {@code rabbitmqctl}: live. */
    CTL,
    /** The management API: as old as its statistics interval. */
    MANAGEMENT
  }

  /**
   * How much a queue holds.
   *
   * @param ready messages that wait; null if not known
   * @param unacked messages that a consumer holds; null if not known
   * @param sampledAt when it was true, which may be before it was recorded
   * @param total both in one number, where the broker counts them so; null where it does not
   */
  record QueueDepth(
      String queue,
      boolean exists,
      Integer ready,
      Integer unacked,
      Integer consumers,
      Asked asked,
      Instant sampledAt,
      Integer total)
      implements BrokerEvent {
    public QueueDepth {
      queue = Text.required("queue", queue);
      Text.present("asked", asked);
      Text.present("sampledAt", sampledAt);
    }

    /** Of a broker that tells what waits from what is held. */
    public QueueDepth(
        String queue,
        boolean exists,
        Integer ready,
        Integer unacked,
        Integer consumers,
        Asked asked,
        Instant sampledAt) {
      this(queue, exists, ready, unacked, consumers, asked, sampledAt, null);
    }

    /** The same where it is known how many are held besides those that wait. */
    public QueueDepth besidesWhich(int held) {
      return new QueueDepth(queue, exists, ready, held, consumers, asked, sampledAt, total);
    }

    /** The same where it is known how many are held. */
    public QueueDepth ofWhichAreHeld(int held) {
      int unacked = Math.min(held, total);
      return new QueueDepth(
          queue, exists, total - unacked, unacked, consumers, asked, sampledAt, total);
    }
  }

  /**
   * One consumer of a queue.
   *
   * @param prefetch 0 if unlimited; null if not known
   * @param unacked how many messages its channel holds; null if not known
   * @param peer the address its connection comes from, empty if not known
   * @param pod the name of the pod at that address, empty if it is none that is known
   */
  record Consumer(
      String tag,
      String channel,
      Integer prefetch,
      boolean acks,
      Integer unacked,
      String peer,
      String pod) {
    public Consumer {
      tag = Text.clean(tag);
      channel = Text.clean(channel);
      peer = Text.clean(peer);
      pod = Text.clean(pod);
    }
  }

  /** All consumers of a queue at one time. */
  record QueueConsumers(String queue, List<Consumer> consumers, Instant sampledAt)
      implements BrokerEvent {
    public QueueConsumers {
      queue = Text.required("queue", queue);
      consumers = consumers == null ? List.of() : List.copyOf(consumers);
      Text.present("sampledAt", sampledAt);
    }
  }

  /**
   * What the broker counted for a queue since it was made.
   *
   * @param delivered all deliveries, again or for the first time, acked or not
   * @param deliveredUnasked deliveries that needed no ack
   */
  record BrokerCounters(
      String queue,
      long published,
      long delivered,
      long deliveredUnasked,
      long redelivered,
      long acked,
      Instant sampledAt)
      implements BrokerEvent {
    public BrokerCounters {
      queue = Text.required("queue", queue);
      Text.present("sampledAt", sampledAt);
    }
  }

  /** What a broker raises an alarm about. */
  enum Alarm {
    MEMORY,
    DISK,
    /** A publisher was told that its connection is blocked. */
    CONNECTION_BLOCKED
  }

  /** An alarm was raised, or is over. */
  record BrokerAlarm(Alarm alarm, boolean raised, String detail) implements BrokerEvent {
    public BrokerAlarm {
      Text.present("alarm", alarm);
      detail = Text.clean(detail);
    }
  }

  /** One message that is left in a queue. */
  record Remaining(Payload payload, boolean redelivered) {
    public Remaining {
      Text.present("payload", payload);
    }
  }

  /** All that was left in a queue, read after the final state was taken. */
  record QueueContents(String queue, List<Remaining> messages) implements BrokerEvent {
    public QueueContents {
      queue = Text.required("queue", queue);
      messages = messages == null ? List.of() : List.copyOf(messages);
    }
  }

  /**
   * A message that a worker wrote to its output queue.
   *
   * @param pod the name of the pod that wrote it, empty if not known
   */
  record OutputSeen(String queue, Payload payload, String pod) implements BrokerEvent {
    public OutputSeen {
      queue = Text.required("queue", queue);
      Text.present("payload", payload);
      pod = Text.clean(pod);
    }
  }
}
