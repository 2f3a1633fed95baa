package workqueue.checker.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import workqueue.history.Event;
import workqueue.history.HarnessEvent.TapPlaced;
import workqueue.history.Recorded;
import workqueue.history.Source;
import workqueue.history.WireEvent.Acked;
import workqueue.history.WireEvent.CloseAsked;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.Delivered;
import workqueue.history.WireEvent.End;
import workqueue.history.WireEvent.RefusedByBroker;
import workqueue.history.WireEvent.Rejected;
import workqueue.history.WireEvent.Unreadable;

/** Follows each delivery on the wire to its ack, its return to the queue, or its loss. */
public final class WireView {
  private final Picture picture;
  private final List<Handed> all = new ArrayList<>();
  private final Map<String, List<Handed>> byPod = new HashMap<>();
  private final Map<String, List<Handed>> open = new HashMap<>();
  private final Set<String> acking = new HashSet<>();

  public static WireView of(Picture picture) {
    return picture.derived(WireView.class, WireView::new);
  }

  private WireView(Picture picture) {
    this.picture = picture;
    Stream.of(
            Delivered.class,
            Acked.class,
            Rejected.class,
            CloseAsked.class,
            RefusedByBroker.class,
            ConnectionEnded.class)
        .<Recorded<? extends Event>>flatMap(type -> picture.history.all(type).stream())
        .sorted(Comparator.comparingLong(Recorded::seq))
        .forEach(this::follow);
  }

  /** A delivery and what became of it. */
  public static final class Handed {
    public final Recorded<Delivered> delivered;
    public final String pod;
    public long ackSeq;
    public long settledSeq;
    public Instant settledAt;
    public boolean requeued;
    public boolean dropped;
    private final boolean ahead;

    /**
     * @param ahead whether its client had acked a message before: what is pushed to it then may be
     *     one that it never looks at
     */
    Handed(Recorded<Delivered> delivered, String pod, boolean ahead) {
      this.delivered = delivered;
      this.pod = pod;
      this.ahead = ahead;
    }

    private void settle(Recorded<?> by) {
      settledSeq = by.seq();
      settledAt = by.at();
    }

    public String digest() {
      return delivered.event().payload().digest();
    }

    /** Whether it came from the queue, or from one that is not known. */
    boolean isOf(String queue) {
      String from = delivered.event().queue();
      return from.isEmpty() || from.equals(queue);
    }

    /** Whether its client took it: by an ack, or by a delivery that needs none. */
    public boolean isTaken() {
      return ackSeq > 0 || !delivered.event().acks();
    }

    /** Whether it left its queue for good: taken or dropped. */
    public boolean isGone() {
      return isTaken() || dropped;
    }

    /**
     * The event by which it went back to its queue, 0 if it did not; also 0 if it was only pushed
     * ahead.
     */
    public long returnedSeq() {
      return requeued && !ahead ? settledSeq : 0;
    }
  }

  public List<Handed> all() {
    return all;
  }

  /** The deliveries from a queue, by connection. */
  public Map<String, List<Handed>> byConnection(String queue) {
    Map<String, List<Handed>> deliveries = new LinkedHashMap<>();
    from(queue)
        .forEach(
            handed ->
                deliveries
                    .computeIfAbsent(
                        handed.delivered.event().connection(), key -> new ArrayList<>())
                    .add(handed));
    return deliveries;
  }

  /** What was delivered to the pod. */
  public List<Handed> to(String pod) {
    return byPod.getOrDefault(pod, List.of());
  }

  /** What the pod held when it was seen last: delivered to it, and neither acked nor given back. */
  public List<Handed> heldBy(String pod) {
    return to(pod).stream()
        .filter(handed -> handed.settledSeq == 0)
        .filter(handed -> handed.delivered.event().acks())
        .toList();
  }

  /** Whether a tap stood between workers and broker, and whatever they consumed passed in sight. */
  public boolean sawAllConsumers() {
    return picture.history.last(TapPlaced.class).isPresent()
        && picture.history.gaps(Source.WIRE).isEmpty()
        && picture.history.all(Unreadable.class).isEmpty();
  }

  /** Whether a pod of a Job connected, or somebody did of whom it is not known who that is. */
  public boolean workersConnected() {
    return picture.history.all(ConnectionOpened.class).stream()
        .map(each -> picture.connections().podOf(each.event().connection()))
        .anyMatch(pod -> pod.isEmpty() || picture.jobs().stream().anyMatch(job -> job.hasPod(pod)));
  }

  /** How many messages of the queue were held at that time: delivered, and not settled yet. */
  public int heldOf(String queue, Instant at) {
    return (int)
        from(queue)
            .filter(handed -> handed.delivered.event().acks())
            .filter(handed -> !handed.delivered.at().isAfter(at))
            .filter(handed -> handed.settledSeq == 0 || handed.settledAt.isAfter(at))
            .count();
  }

  /** The deliveries from the queue. */
  public Stream<Handed> from(String queue) {
    return all.stream().filter(handed -> handed.isOf(queue));
  }

  /** Whether every frame of every worker passed in sight. */
  public boolean whole() {
    return picture.connections().seen()
        && picture.history.gaps(Source.WIRE).isEmpty()
        && picture.history.all(Unreadable.class).isEmpty();
  }

  private void follow(Recorded<? extends Event> recorded) {
    Event event = recorded.event();
    if (event instanceof Delivered delivered) {
      Handed handed =
          new Handed(
              new Recorded<>(recorded.seq(), recorded.at(), recorded.source(), delivered),
              picture.connections().podOf(delivered.connection()),
              acking.contains(delivered.connection()));
      all.add(handed);
      byPod.computeIfAbsent(handed.pod, any -> new ArrayList<>()).add(handed);
      if (delivered.acks()) {
        open.computeIfAbsent(delivered.connection(), key -> new ArrayList<>()).add(handed);
      }
    } else if (event instanceof Acked acked) {
      acking.add(acked.connection());
      settle(acked.connection(), acked.channel(), acked.tag(), acked.multiple())
          .forEach(
              handed -> {
                handed.ackSeq = recorded.seq();
                handed.settle(recorded);
              });
    } else if (event instanceof Rejected rejected) {
      settle(rejected.connection(), rejected.channel(), rejected.tag(), rejected.multiple())
          .forEach(
              handed -> {
                handed.requeued = rejected.requeue();
                handed.settle(recorded);
                handed.dropped = !rejected.requeue();
              });
    } else if (event instanceof CloseAsked close) {
      giveBack(close.connection(), close.channel(), recorded);
    } else if (event instanceof RefusedByBroker refused) {
      giveBack(refused.connection(), refused.channel(), recorded);
    } else if (event instanceof ConnectionEnded ended && ended.end() != End.SILENT) {
      giveBack(ended.connection(), 0, recorded);
    }
  }

  /**
   * What a closed channel, or the whole connection (channel 0), still held returns to the queue.
   */
  private void giveBack(String connection, int channel, Recorded<?> by) {
    List<Handed> held = open.computeIfAbsent(connection, key -> new ArrayList<>());
    List<Handed> back =
        held.stream()
            .filter(each -> channel == 0 || each.delivered.event().channel() == channel)
            .toList();
    back.forEach(
        handed -> {
          handed.requeued = true;
          handed.settle(by);
        });
    held.removeAll(back);
  }

  private List<Handed> settle(String connection, int channel, long tag, boolean multiple) {
    List<Handed> waiting = open.computeIfAbsent(connection, key -> new ArrayList<>());
    List<Handed> settled =
        waiting.stream()
            .filter(handed -> handed.delivered.event().channel() == channel)
            .filter(
                handed ->
                    handed.delivered.event().tag() == tag
                        || (multiple && (tag == 0 || handed.delivered.event().tag() < tag)))
            .toList();
    waiting.removeAll(settled);
    return settled;
  }
}
