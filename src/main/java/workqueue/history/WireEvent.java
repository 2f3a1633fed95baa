package workqueue.history;

/**
 * What passed between a client and the broker.
 *
 * <p>{@code connection} names a connection for the whole of a history; a delivery is known by
 * connection, channel and tag.
 */
public sealed interface WireEvent extends Event {

  String connection();

  /**
   * A client connected.
   *
   * @param peer the address it came from
   * @param pod the name of the pod at that address, empty if that could not be established
   */
  record ConnectionOpened(String connection, String peer, String pod) implements WireEvent {
    public ConnectionOpened {
      connection = Text.required("connection", connection);
      peer = Text.clean(peer);
      pod = Text.clean(pod);
    }
  }

  /**
   * It was found out which pod a connection came from.
   *
   * @param pod the name of the pod, empty if only its address is known
   * @param address the pod's own, which the address that the connection came from may hide
   * @param how it was found out
   */
  record ConnectionAttributed(String connection, String pod, String address, String how)
      implements WireEvent {
    public ConnectionAttributed {
      connection = Text.required("connection", connection);
      pod = Text.clean(pod);
      address = Text.clean(address);
      how = Text.clean(how);
    }
  }

  /**
   * A client said who it is.
   *
   * @param user empty where its way to log in does not say it
   * @param passwordGiven whether its password is one that this record's workers were given; null
   *     where that cannot be told
   */
  record LoginAsked(String connection, String user, Boolean passwordGiven) implements WireEvent {
    public LoginAsked {
      connection = Text.required("connection", connection);
      user = Text.clean(user);
    }
  }

  /**
   * A client is logged in, and both sides have agreed on limits.
   *
   * @param channelMax 0 for no limit
   * @param frameMax in bytes, 0 for no limit
   * @param heartbeat in seconds, 0 for none
   * @param client its product and version, as it says; empty if it does not
   */
  record SessionOpened(
      String connection, String vhost, int channelMax, long frameMax, int heartbeat, String client)
      implements WireEvent {
    public SessionOpened {
      connection = Text.required("connection", connection);
      vhost = Text.clean(vhost);
      client = Text.clean(client);
    }
  }

  /**
   * A client asked for other limits than the broker grants: more than it offered, or smaller frames
   * than newer brokers take.
   *
   * @param client its product and version, as it says; empty if it does not
   * @param offeredChannelMax 0 for no limit
   * @param offeredFrameMax in bytes, 0 for no limit
   * @param channelMax 0 for no limit
   * @param frameMax in bytes, 0 for no limit
   */
  record LimitsAsked(
      String connection,
      String client,
      int offeredChannelMax,
      long offeredFrameMax,
      int channelMax,
      long frameMax)
      implements WireEvent {
    public LimitsAsked {
      connection = Text.required("connection", connection);
      client = Text.clean(client);
    }
  }

  /** How a connection ended. */
  enum End {
    /** Both sides said good-bye. */
    CLOSED,
    /** The socket was closed without a word. */
    BROKEN,
    /** The socket was reset. */
    RESET,
    /** The tap cut it. */
    CUT,
    /** The tap took it, but did not reach the broker. */
    UNREACHED,
    /** One side went silent: it neither answers nor closes. */
    SILENT
  }

  /**
   * A connection ended.
   *
   * @param byClient whether the client's side ended it; of no meaning if the tap cut it
   * @param clientSilentMillis for how long the client had sent nothing by then, if that was a
   *     second or more; else null, and where the tap held back what it sent
   */
  record ConnectionEnded(
      String connection, End end, boolean byClient, String detail, Long clientSilentMillis)
      implements WireEvent {
    public ConnectionEnded(String connection, End end, boolean byClient, String detail) {
      this(connection, end, byClient, detail, null);
    }

    public ConnectionEnded {
      connection = Text.required("connection", connection);
      Text.present("end", end);
      detail = Text.clean(detail);
    }
  }

  /** The broker closed a channel, or the connection (channel 0), with an error: 404, 403, … */
  record RefusedByBroker(String connection, int channel, int code, String text)
      implements WireEvent {
    public RefusedByBroker {
      connection = Text.required("connection", connection);
      text = Text.clean(text);
    }
  }

  /**
   * A side asked to close a channel, or the connection (channel 0); a broker that does so with an
   * error is {@link RefusedByBroker}.
   */
  record CloseAsked(String connection, int channel, boolean byClient, int code, String text)
      implements WireEvent {
    public CloseAsked {
      connection = Text.required("connection", connection);
      text = Text.clean(text);
    }
  }

  /**
   * The broker declared a queue, or said that it is there.
   *
   * @param passive whether it was only asked for
   * @param messages how many were ready; null if the client wanted no answer
   * @param consumers how many it had; null if the client wanted no answer
   */
  record QueueDeclared(
      String connection,
      int channel,
      String queue,
      boolean passive,
      boolean durable,
      Integer messages,
      Integer consumers)
      implements WireEvent {
    public QueueDeclared {
      connection = Text.required("connection", connection);
      queue = Text.clean(queue);
    }
  }

  /**
   * A client began to consume.
   *
   * @param prefetch what it asked for on this channel before, 0 if nothing
   */
  record ConsumerStarted(
      String connection, int channel, String queue, String consumer, int prefetch, boolean acks)
      implements WireEvent {
    public ConsumerStarted {
      connection = Text.required("connection", connection);
      queue = Text.clean(queue);
      consumer = Text.clean(consumer);
    }
  }

  /**
   * A client asked for one message and was told that there is none; recorded once a second of one
   * that asks more often.
   */
  record QueueFoundEmpty(String connection, int channel, String queue) implements WireEvent {
    public QueueFoundEmpty {
      connection = Text.required("connection", connection);
      queue = Text.clean(queue);
    }
  }

  /** A consumer was cancelled, by its client or by the broker. */
  record ConsumerCancelled(String connection, int channel, String consumer, boolean byBroker)
      implements WireEvent {
    public ConsumerCancelled {
      connection = Text.required("connection", connection);
      consumer = Text.clean(consumer);
    }
  }

  /**
   * A client published a message.
   *
   * @param exchange empty for the default one, which leads to the queue of that name
   * @param queue the routing key
   * @param number counts from 1 on a channel with confirms, 0 on one without
   */
  record MessagePublished(
      String connection, int channel, String exchange, String queue, long number, Payload payload)
      implements WireEvent {
    public MessagePublished {
      connection = Text.required("connection", connection);
      exchange = Text.clean(exchange);
      queue = Text.clean(queue);
      Text.present("payload", payload);
    }
  }

  /**
   * The broker answered for what was published on a channel.
   *
   * @param number of the message; {@code multiple}: this one and all before it
   * @param confirmed whether it took the message
   */
  record PublishAnswered(
      String connection, int channel, long number, boolean multiple, boolean confirmed)
      implements WireEvent {
    public PublishAnswered {
      connection = Text.required("connection", connection);
    }
  }

  /** The broker gave back a message that no queue took. */
  record MessageReturned(
      String connection,
      int channel,
      String exchange,
      String queue,
      int code,
      String text,
      Payload payload)
      implements WireEvent {
    public MessageReturned {
      connection = Text.required("connection", connection);
      exchange = Text.clean(exchange);
      queue = Text.clean(queue);
      text = Text.clean(text);
      Text.present("payload", payload);
    }
  }

  /** The broker told a client that it takes no messages, or that it takes them again. */
  record PublishingBlocked(String connection, boolean blocked, String why) implements WireEvent {
    public PublishingBlocked {
      connection = Text.required("connection", connection);
      why = Text.clean(why);
    }
  }

  /**
   * The broker gave a message to a client, pushed or fetched.
   *
   * @param acks whether the client has to ack it
   */
  record Delivered(
      String connection,
      int channel,
      long tag,
      String queue,
      boolean redelivered,
      boolean acks,
      Payload payload)
      implements WireEvent {
    public Delivered {
      connection = Text.required("connection", connection);
      queue = Text.clean(queue);
      Text.present("payload", payload);
    }
  }

  /** An ack was forwarded to the broker; {@code multiple}: this tag and all before it. */
  record Acked(String connection, int channel, long tag, boolean multiple) implements WireEvent {
    public Acked {
      connection = Text.required("connection", connection);
    }
  }

  /** A nack, reject or recover was forwarded to the broker; tag 0 and multiple: all of them. */
  record Rejected(String connection, int channel, long tag, boolean multiple, boolean requeue)
      implements WireEvent {
    public Rejected {
      connection = Text.required("connection", connection);
    }
  }

  /** The tap began to hold back what a client or the broker sends. */
  record Held(String connection, String why) implements WireEvent {
    public Held {
      connection = Text.required("connection", connection);
      why = Text.clean(why);
    }
  }

  /** The tap let go of what it held back. */
  record Released(String connection, String why) implements WireEvent {
    public Released {
      connection = Text.required("connection", connection);
      why = Text.clean(why);
    }
  }

  /** From here on what one side sends is passed on unread. */
  record Unreadable(String connection, boolean byClient, String why) implements WireEvent {
    public Unreadable {
      connection = Text.required("connection", connection);
      why = Text.clean(why);
    }
  }
}
