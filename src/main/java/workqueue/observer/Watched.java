package workqueue.observer;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;

/**
 * The objects of one kind: a watch and, now and then, a list tell what they are like; what is older
 * than what is known is left out.
 *
 * <p>A watch that breaks off is resumed where it was and misses nothing. Only when the server no
 * longer knows that place everything is listed again, and what came and went meanwhile is missing:
 * that is a gap.
 */
final class Watched<T extends HasMetadata> implements AutoCloseable, ResourceEventHandler<T> {
  private static final Set<Integer> REFUSALS =
      Set.of(
          HttpURLConnection.HTTP_UNAUTHORIZED,
          HttpURLConnection.HTTP_FORBIDDEN,
          HttpURLConnection.HTTP_NOT_FOUND);
  private static final Duration BEGINNING = Duration.ofSeconds(30);

  private final Source source;
  private final Recorder recorder;
  private final Informable<T> watchable;
  private final Supplier<List<T>> list;
  private final Consumer<T> seen;
  private final Consumer<T> gone;
  private final Map<String, T> known = new HashMap<>();
  private final Set<String> buried = new HashSet<>();
  private SharedIndexInformer<T> informer;
  private CompletableFuture<Void> beginning;
  private Instant sighted;
  private Instant blindFrom;
  private boolean listed;

  Watched(
      Source source,
      Recorder recorder,
      Informable<T> watchable,
      Supplier<List<T>> list,
      Consumer<T> seen,
      Consumer<T> gone) {
    this.source = source;
    this.recorder = recorder;
    this.watchable = watchable;
    this.list = list;
    this.seen = seen;
    this.gone = gone;
    this.sighted = recorder.now();
  }

  /** Begins to watch, if it does not yet. */
  Watched<T> begin() {
    if (informer == null) {
      informer = watchable.runnableInformer(0);
      beginning =
          informer
              .exceptionHandler((started, failure) -> started || mayPass(failure))
              .addEventHandler(this)
              .start()
              .toCompletableFuture();
    }
    return this;
  }

  /** Whether it may work another time: it was not the server that refused it. */
  static boolean mayPass(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof KubernetesClientException answer
          && REFUSALS.contains(answer.getCode())) {
        return false;
      }
    }
    return true;
  }

  /** Waits until what is there was seen; where that is refused, only lists tell, after a gap. */
  void await(Patience patience) {
    try {
      patience
          .telling(Progress.NONE)
          .await("what there is of " + source.word(), BEGINNING, beginning);
    } catch (RuntimeException refused) {
      synchronized (this) {
        blindFrom = sighted;
        Sights.lost(recorder, source, sighted, "they cannot be watched", refused);
      }
    }
  }

  /** Asks for all objects now; what fails is recorded as a gap. */
  void look() {
    Instant from = recorder.now();
    try {
      list();
    } catch (RuntimeException failure) {
      lost(from, "they cannot be listed", failure);
      return;
    }
    synchronized (this) {
      if (blindFrom != null) {
        Sights.lost(recorder, source, blindFrom, "they were listed, not watched");
        blindFrom = recorder.now();
      }
    }
  }

  private void list() {
    Set<String> before = knownUids();
    List<T> now = list.get();
    now.forEach(this::see);
    now.forEach(each -> before.remove(each.getMetadata().getUid()));
    before.forEach(this::bury);
  }

  /** Records that it was not seen what became of the objects. */
  void lost(Instant from, String what, Throwable why) {
    Sights.lost(recorder, source, from, what, why);
  }

  /**
   * All objects as they are now: by the watch, or listed where they cannot be watched.
   *
   * @throws KubernetesClientException if they cannot be listed either
   */
  List<T> current() {
    boolean blind;
    synchronized (this) {
      blind = blindFrom != null;
    }
    if (blind) {
      list();
    }
    return all();
  }

  /** All objects as they are known, without asking. */
  synchronized List<T> all() {
    return new ArrayList<>(known.values());
  }

  @Override
  public synchronized void onBeforeList(String lastResourceVersion) {
    if (listed && blindFrom == null) {
      blindFrom = sighted;
    }
  }

  @Override
  public synchronized void onList(String resourceVersion, boolean remainedEmpty) {
    sighted = recorder.now();
    if (listed && blindFrom != null) {
      Sights.lost(
          recorder, source, blindFrom, "the watch was lost and everything was listed again");
    }
    listed = true;
    blindFrom = null;
  }

  @Override
  public void onAdd(T object) {
    see(object);
  }

  @Override
  public void onUpdate(T before, T object) {
    see(object);
  }

  @Override
  public void onDelete(T object, boolean finalStateUnknown) {
    if (!finalStateUnknown) {
      see(object);
    }
    bury(object.getMetadata().getUid());
  }

  @Override
  public void close() {
    if (informer != null) {
      informer.close();
    }
  }

  private synchronized void see(T object) {
    String uid = object.getMetadata().getUid();
    sighted = recorder.now();
    if (buried.contains(uid) || !isNewer(object, known.get(uid))) {
      return;
    }
    known.put(uid, object);
    tell(seen, object);
  }

  private synchronized void bury(String uid) {
    sighted = recorder.now();
    T last = known.remove(uid);
    if (last != null && buried.add(uid)) {
      tell(gone, last);
    }
  }

  private synchronized Set<String> knownUids() {
    return new HashSet<>(known.keySet());
  }

  private void tell(Consumer<T> listener, T object) {
    try {
      listener.accept(object);
    } catch (RuntimeException unreadable) {
      String what = object.getKind() + " " + object.getMetadata().getName() + " cannot be read";
      Sights.lost(recorder, source, recorder.now(), what, unreadable);
    }
  }

  /** Versions are numbers on every server there is, though the API long left that open. */
  private static boolean isNewer(HasMetadata object, HasMetadata before) {
    if (before == null) {
      return true;
    }
    String now = object.getMetadata().getResourceVersion();
    String then = before.getMetadata().getResourceVersion();
    try {
      return Long.parseLong(now) > Long.parseLong(then);
    } catch (NumberFormatException opaque) {
      return now == null || !now.equals(then);
    }
  }
}
