package workqueue.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import workqueue.Secrets;
import workqueue.history.WireEvent.Delivered;

/** What both sides of a connection have said that later frames refer to; for its loop alone. */
final class Session {
  private static final Duration BETWEEN_NOTHINGS = Duration.ofSeconds(1);

  final String connection;
  final Secrets secrets;
  private final Map<Integer, Conversation> conversations = new HashMap<>();
  byte[] protocol = {};
  String vhost = "";
  String client = "";
  int offeredChannelMax;
  long offeredFrameMax;
  int channelMax;
  long frameMax;
  int heartbeat;
  boolean closeAsked;
  boolean closeAskedByClient;
  boolean closed;

  /**
   * @param secrets the passwords that workers were given
   */
  Session(String connection, Secrets secrets) {
    this.connection = connection;
    this.secrets = secrets;
  }

  Conversation channel(int number) {
    return conversations.computeIfAbsent(number, any -> new Conversation());
  }

  void forget(int number) {
    conversations.remove(number);
  }

  void closeAsked(boolean byClient) {
    if (!closeAsked) {
      closeAsked = true;
      closeAskedByClient = byClient;
    }
  }

  record Declaring(String queue, boolean passive, boolean durable) {}

  record Consuming(String queue, boolean acks, int prefetch) {}

  record Getting(String queue, boolean acks) {}

  /** One channel. */
  static final class Conversation {
    final Deque<Declaring> declaring = new ArrayDeque<>();
    final Deque<Consuming> consuming = new ArrayDeque<>();
    final Deque<Getting> getting = new ArrayDeque<>();
    final Map<String, Consuming> consumers = new HashMap<>();
    private final NavigableMap<Long, Delivered> unacked = new TreeMap<>();
    private String lastQueue = "";
    private long toldOfNothing = System.nanoTime() - BETWEEN_NOTHINGS.toNanos();
    int prefetch;
    boolean confirms;
    private long published;

    /** Whether the last time that this was asked, and granted, is long enough ago. */
    boolean isTimeToTellOfNothing() {
      long now = System.nanoTime();
      boolean time = now - toldOfNothing >= BETWEEN_NOTHINGS.toNanos();
      toldOfNothing = time ? now : toldOfNothing;
      return time;
    }

    /** No name means the queue that was declared last. */
    String queue(String name) {
      return name.isEmpty() ? lastQueue : name;
    }

    void declared(String name) {
      lastQueue = name;
    }

    void delivered(Delivered delivery) {
      if (delivery.acks()) {
        unacked.put(delivery.tag(), delivery);
      }
    }

    /** The number of the next message, 0 without confirms. */
    long nextNumber() {
      return confirms ? ++published : 0;
    }

    /** Takes out what is acked or rejected: with {@code multiple} all up to the tag, 0 all. */
    List<Delivered> settle(long tag, boolean multiple) {
      if (!multiple) {
        Delivered one = unacked.remove(tag);
        return one == null ? List.of() : List.of(one);
      }
      Map<Long, Delivered> upTo = tag == 0 ? unacked : unacked.headMap(tag, true);
      List<Delivered> settled = new ArrayList<>(upTo.values());
      upTo.clear();
      return settled;
    }
  }
}
