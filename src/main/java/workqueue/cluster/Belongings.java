package workqueue.cluster;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a guest has made and not yet removed; removed is what was made last first. */
public final class Belongings {
  /** The codes of HTTP by which the API says that an object, of this uid, is not there. */
  static final Set<Integer> GONE = Set.of(404, 409);

  // What controllers append: a number, or what the API makes up, of letters that spell no word.
  private static final Pattern OFFSPRING =
      Pattern.compile("-(\\d+|(\\d+-|[a-z0-9]{6,10}-)?[bcdfghjklmnpqrstvwxz2456789]{5})");

  private final Set<String> uids = ConcurrentHashMap.newKeySet();
  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final Deque<Entry> objects = new ArrayDeque<>();

  private record Entry(String path, String uid) {}

  /**
   * Notes an object that was made.
   *
   * @param path of the object itself, which ends with its name
   */
  public synchronized void add(String path, String uid) {
    adopt(path.substring(path.lastIndexOf('/') + 1), uid);
    objects.push(new Entry(path, uid));
  }

  /** Notes the name of an object that is about to be made, so that nothing told of it is missed. */
  void expect(String name) {
    names.add(name);
  }

  /** Notes an object that came of one that was made, as a Job's pod, and goes with that. */
  public void adopt(String name, String uid) {
    uids.add(uid);
    names.add(name);
  }

  /** Whether an object is the guest's own. */
  public boolean has(String uid) {
    return uids.contains(uid);
  }

  /** Whether an object is by its name the guest's own, or came of one that is. */
  public boolean hasNamed(String name) {
    return names.stream()
        .anyMatch(
            each ->
                name.equals(each)
                    || (name.startsWith(each)
                        && OFFSPRING.matcher(name.substring(each.length())).matches()));
  }

  /**
   * Begins the removal of all of it; safe to call again, from any thread.
   *
   * @return what could not be removed, by its path: it is tried again with the next call
   */
  public List<String> remove(Guest guest) {
    return remove(guest, any -> true);
  }

  /**
   * The same of a part of it.
   *
   * @param which of its paths
   */
  public synchronized List<String> remove(Guest guest, Predicate<String> which) {
    objects.removeIf(
        each -> which.test(each.path()) && isGone(guest.delete(each.path(), each.uid())));
    if (objects.isEmpty()) {
      names.clear();
    }
    return objects.stream().map(Entry::path).filter(which).toList();
  }

  /** Where another object has its name by now, it is gone as well. */
  private static boolean isGone(Guest.Answer answer) {
    return answer.isGood() || answer.code().filter(GONE::contains).isPresent();
  }
}
