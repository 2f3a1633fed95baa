package workqueue.checker.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import workqueue.Item;
import workqueue.history.HistoryBuilder;

/** Plays a Job, its queue and its pods, tells the history of it, and keeps what truly happened. */
public final class Simulation {
  /** What becomes of one run of a worker. */
  public enum Fate {
    WELL,
    /** The work fails, which amqp-consume hides: no ack, and the pod succeeds. */
    FAILS_UNSEEN,
    KILLED_BEFORE_ACK,
    KILLED_AFTER_ACK,
    ACKS_WITHOUT_WORK
  }

  public final HistoryBuilder told = new HistoryBuilder();
  public final List<Item> items;
  public final Map<Integer, Integer> worked = new LinkedHashMap<>();
  public final Set<Integer> acked = new HashSet<>();
  public final Set<Integer> unreported = new HashSet<>();
  public final List<Item> left;
  public final boolean complete;
  public int successes;
  public int returns;

  private final boolean wire;
  private final Deque<Item> queue = new ArrayDeque<>();
  private final Set<Item> redelivered = new HashSet<>();
  private String lastPod = "";
  private boolean waiting;

  public Simulation(List<Item> items, int completions, List<Fate> fates, boolean wire) {
    this.items = items;
    this.wire = wire;
    queue.addAll(items);
    told.publish(items).depth(items.size(), 0, 0).job(completions, 1);
    List<Fate> coming = new ArrayList<>(fates);
    int pods = 0;
    while (successes < completions && !queue.isEmpty()) {
      run("pod-" + pods++, coming);
    }
    if (successes < completions) {
      if (!waiting) {
        told.starts("pod-" + pods).jobStatus();
        lastPod = "pod-" + pods;
      }
      told.depth(0, 0, 1).after(11).depth(0, 0, 1).logRead(lastPod).finalState();
    } else {
      told.jobCompletes().ends(queue.size(), 0, 0);
    }
    complete = successes == completions;
    left = List.copyOf(queue);
  }

  /** Runs a pod until it succeeds, or waits on an empty queue. */
  private void run(String pod, List<Fate> coming) {
    told.starts(pod).jobStatus();
    lastPod = pod;
    while (true) {
      if (queue.isEmpty()) {
        waiting = true;
        return;
      }
      Item item = take(pod);
      Fate fate = coming.isEmpty() ? Fate.WELL : coming.remove(0);
      told.after(1);
      if (fate != Fate.ACKS_WITHOUT_WORK) {
        told.works(pod, item);
        worked.merge(item.id(), 1, Integer::sum);
      }
      boolean acks = fate != Fate.FAILS_UNSEEN && fate != Fate.KILLED_BEFORE_ACK;
      if (acks) {
        acked.add(item.id());
        if (wire) {
          told.acks(pod);
        }
      } else {
        queue.addFirst(item);
        redelivered.add(item);
        returns++;
      }
      if (wire) {
        told.disconnects(pod);
      }
      if (fate != Fate.KILLED_BEFORE_ACK && fate != Fate.KILLED_AFTER_ACK) {
        successes++;
        told.succeeds(pod);
        return;
      }
      if (fate == Fate.KILLED_AFTER_ACK) {
        unreported.add(item.id());
      }
      told.restarts(pod, 137, "Error");
    }
  }

  private Item take(String pod) {
    Item item = queue.removeFirst();
    if (wire) {
      told.connects(pod).delivers(pod, item, redelivered.contains(item));
    }
    return item;
  }

  public boolean exactlyOnce() {
    return left.isEmpty()
        && items.stream().allMatch(item -> worked.getOrDefault(item.id(), 0) == 1);
  }

  /** Items that are gone without anybody having worked on them. */
  public List<Integer> lost() {
    return items.stream()
        .filter(item -> !left.contains(item) && !worked.containsKey(item.id()))
        .map(Item::id)
        .toList();
  }

  @Override
  public String toString() {
    return "worked " + worked + ", acked " + acked + ", left " + left + ", " + successes + " well";
  }
}
