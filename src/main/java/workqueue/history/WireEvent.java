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

  /** How a connection ended. */
  enum End {
    /** Both sides said good-bye. */
    CLOSED,
    /** The socket was closed or reset without a word. */
    BROKEN,
    /** The client went silent: it neither answers nor closes. */
    SILENT
  }

  /**
   * A connection ended.
   *
   * @param byClient whether the client's side ended it
   */
  record ConnectionEnded(String connection, End end, boolean byClient, String detail)
      implements WireEvent {
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

  /** A consumer was cancelled, by its client or by the broker. */
  record ConsumerCancelled(String connection, int channel, String consumer, boolean byBroker)
      implements WireEvent {
    public ConsumerCancelled {
      connection = Text.required("connection", connection);
      consumer = Text.clean(consumer);
    }
  }

  /** A client published a message. */
  record MessagePublished(String connection, int channel, String queue, Payload payload)
      implements WireEvent {
    public MessagePublished {
      connection = Text.required("connection", connection);
      queue = Text.clean(queue);
      Text.present("payload", payload);
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

  /** A nack or reject was forwarded to the broker. */
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
}
