package workqueue.checker.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.Kind;
import workqueue.history.ClusterEvent.PodGone;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.PodRef;
import workqueue.history.Recorded;

/** A pod, put together from what was seen of it. */
public final class PodView {
  public final PodRef ref;
  private final List<Recorded<PodState>> states = new ArrayList<>();
  private final Map<Key, Attempt> attempts = new TreeMap<>(Key.ORDER);
  private Recorded<PodGone> gone;
  private Instant changed = Instant.MIN;
  private Recorded<ContainerState> started;
  private String worker = "";
  private String node = "";
  private boolean succeeded;
  private boolean active;
  private Recorded<PodState> deletion;
  private List<Attempt> workers;

  PodView(PodRef ref) {
    this.ref = ref;
  }

  void see(Recorded<PodState> state) {
    if (states.isEmpty() || !last().orElseThrow().event().equals(state.event())) {
      seeChange(state.at());
    }
    states.add(state);
    node = node.isEmpty() ? state.event().node() : node;
    succeeded |= state.event().phase().equals("Succeeded");
    active = gone == null && !state.event().over() && state.event().deletionAt() == null;
    deletion = deletion == null && state.event().deletionAt() != null ? state : deletion;
  }

  void seeGone(Recorded<PodGone> event) {
    if (gone == null) {
      gone = event;
      active = false;
      seeChange(event.at());
    }
  }

  void seeContainer(Recorded<ContainerState> recorded) {
    ContainerState state = recorded.event();
    Attempt now = attempt(state.container(), state.restartCount());
    boolean same =
        now.lastState()
            .map(before -> before.event().equals(state) || stillWaits(before.event(), state))
            .orElse(false);
    if (!same) {
      seeChange(recorded.at());
      // An init container that is tried once more is no progress.
      boolean again = state.kind() == Kind.INIT && state.restartCount() > 0;
      if (state.state() == Running.RUNNING && !again) {
        started = recorded;
      }
    }
    now.see(recorded);
    if (state.last() == null) {
      return;
    }
    attempt(state.container(), ended(state)).seeEnd(state.last(), recorded.seq(), recorded.at());
  }

  /**
   * The number of the run that ended last. A container that waits to run again bears the number of
   * the run that ended, or with some kubelets (1.20 for one) already that of the next.
   */
  private int ended(ContainerState state) {
    int number = state.restartCount();
    if (state.state() != Running.WAITING) {
      return Math.max(0, number - 1);
    }
    Optional<Attempt> known =
        attempts.values().stream()
            .filter(each -> each.container.equals(state.container()))
            .filter(each -> each.end().map(state.last()::equals).orElse(false))
            .reduce((first, last) -> last);
    if (known.isPresent()) {
      return known.get().number;
    }
    boolean began = attempt(state.container(), number).startedAt().isPresent();
    boolean endedBefore = number == 0 || attempt(state.container(), number - 1).end().isPresent();
    return began || endedBefore ? number : number - 1;
  }

  /** Whether nothing ran between the two, though what is waited for may have another name. */
  private static boolean stillWaits(ContainerState before, ContainerState now) {
    return before.state() == Running.WAITING
        && now.state() == Running.WAITING
        && Objects.equals(before.last(), now.last());
  }

  private void seeChange(Instant at) {
    changed = at.isAfter(changed) ? at : changed;
  }

  public Attempt attempt(String container, int number) {
    Key key = new Key(container, number);
    Attempt known = attempts.get(key);
    if (known == null) {
      known = new Attempt(this, container, number);
      attempts.put(key, known);
      workers = null;
    }
    return known;
  }

  /** Tells which of its containers does the work; empty if that is not known. */
  void worksIn(String container) {
    worker = container;
    workers = null;
  }

  /** Whether the container does the work; each may, where that is not known. */
  public boolean isWorker(String container) {
    return worker.isEmpty() || worker.equals(container);
  }

  /** The runs of the container that does the work. */
  public List<Attempt> attempts() {
    if (workers == null) {
      workers = attempts.values().stream().filter(each -> isWorker(each.container)).toList();
    }
    return workers;
  }

  /** Whether its worker runs, as far as was seen last. */
  public boolean runs() {
    for (Attempt attempt : attempts()) {
      if (attempt.running()) {
        return true;
      }
    }
    return false;
  }

  /** The runs of all its containers. */
  public Collection<Attempt> allAttempts() {
    return attempts.values();
  }

  public List<Recorded<PodState>> states() {
    return states;
  }

  public Optional<Recorded<PodState>> last() {
    return states.isEmpty() ? Optional.empty() : Optional.of(states.get(states.size() - 1));
  }

  /** When it was last seen to change. */
  Instant lastChange() {
    return changed;
  }

  /** What showed last that one of its containers began to run. */
  Optional<Recorded<ContainerState>> lastStart() {
    return Optional.ofNullable(started);
  }

  public Optional<Recorded<PodGone>> gone() {
    return Optional.ofNullable(gone);
  }

  public String jobUid() {
    return last().map(state -> state.event().jobUid()).orElse("");
  }

  public String phase() {
    return last().map(state -> state.event().phase()).orElse("");
  }

  public String node() {
    return node;
  }

  /** Whether exactly one run of its worker began, so that what the pod did that run did. */
  public boolean ranOnce() {
    return attempts().stream().filter(Attempt::began).count() == 1;
  }

  public boolean succeeded() {
    return succeeded;
  }

  /** Neither over, nor gone, nor on its way out. */
  public boolean active() {
    return active;
  }

  public Optional<Instant> deletionAt() {
    return deletionSeen().map(state -> state.event().deletionAt());
  }

  /**
   * Whether it may have worked and nobody saw it: a kubelet that has begun to start a pod may
   * finish that when it is deleted, and tells neither its start nor its log (seen with 1.20).
   */
  public boolean mayHaveRunUnseen() {
    return deletionAt().isPresent()
        && !node().isEmpty()
        && attempts().stream().allMatch(Attempt::mayHaveBegunUnseen);
  }

  /** What showed first that it is to go. */
  public Optional<Recorded<PodState>> deletionSeen() {
    return Optional.ofNullable(deletion);
  }

  /** When it was first seen that it is to go, by the harness' clock. */
  public Optional<Instant> deletionSeenAt() {
    return deletionSeen().map(Recorded::at);
  }

  @Override
  public String toString() {
    return ref.toString();
  }

  private record Key(String container, int number) {
    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::container).thenComparing(Key::number);
  }
}
