package workqueue.conformance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import workqueue.cluster.Guest;

/** What a guest has made and not yet removed; removed is what was made last first. */
final class Made {
  private final Set<String> uids = ConcurrentHashMap.newKeySet();
  private final Deque<Entry> objects = new ArrayDeque<>();

  private record Entry(String path, String uid) {}

  synchronized void add(String path, String uid) {
    uids.add(uid);
    objects.push(new Entry(path, uid));
  }

  /** Whether an object is the guest's own. */
  boolean has(String uid) {
    return uids.contains(uid);
  }

  /** Begins the removal of all of it; safe to call again, from any thread. */
  synchronized void remove(Guest guest) {
    while (!objects.isEmpty()) {
      Entry each = objects.pop();
      guest.delete(each.path(), each.uid());
    }
  }
}
