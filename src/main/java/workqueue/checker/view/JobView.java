package workqueue.checker.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import workqueue.history.ClusterEvent.JobDeleted;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.Event;
import workqueue.history.JobRef;
import workqueue.history.Recorded;

/** A Job, put together from what was seen of it; it was seen at least once. */
public final class JobView {
  public final JobRef ref;
  public final List<PodView> pods = new ArrayList<>();
  private final Set<String> podNames = new HashSet<>();
  private final List<Recorded<JobState>> states = new ArrayList<>();
  private Recorded<JobState> end;
  private Recorded<JobDeleted> deleted;
  private Instant changed = Instant.MIN;
  private List<Attempt> attempts;

  JobView(JobRef ref) {
    this.ref = ref;
  }

  void add(PodView pod) {
    pods.add(pod);
    attempts = null;
    podNames.add(pod.ref.name());
  }

  void see(Recorded<JobState> state) {
    if (states.isEmpty() || !state().equals(state.event())) {
      changed = state.at();
    }
    states.add(state);
    if (end == null && state.event().over()) {
      end = state;
    }
  }

  void seeDeleted(Recorded<JobDeleted> event) {
    deleted = event;
  }

  public List<Recorded<JobState>> states() {
    return states;
  }

  public Recorded<JobState> last() {
    return states.get(states.size() - 1);
  }

  public JobState state() {
    return last().event();
  }

  public Optional<Recorded<JobDeleted>> deleted() {
    return Optional.ofNullable(deleted);
  }

  /** When it or one of its pods was last seen to change. */
  public Instant lastChange() {
    return pods.stream()
        .map(PodView::lastChange)
        .filter(at -> at.isAfter(changed))
        .max(Comparator.naturalOrder())
        .orElse(changed);
  }

  /**
   * What showed it first, or showed last that it was suspended or resumed, or that one of its
   * containers began to run.
   */
  public Recorded<? extends Event> lastProgress() {
    Recorded<? extends Event> last = states.get(0);
    for (int i = 1; i < states.size(); i++) {
      boolean before = states.get(i - 1).event().spec().suspend();
      last = states.get(i).event().spec().suspend() == before ? last : states.get(i);
    }
    for (PodView pod : pods) {
      Recorded<? extends Event> start = pod.lastStart().orElse(null);
      if (start != null && start.at().isAfter(last.at())) {
        last = start;
      }
    }
    return last;
  }

  /** The first event that showed it complete or failed. */
  public Optional<Recorded<JobState>> end() {
    return Optional.ofNullable(end);
  }

  /**
   * The first event that showed that it gives up; from Kubernetes 1.31 on a Job is failed only once
   * its pods have ended.
   */
  public Optional<Recorded<JobState>> givenUp() {
    return states.stream()
        .filter(
            each ->
                each.event().failedForGood() || each.event().condition("FailureTarget").isPresent())
        .findFirst();
  }

  /** Whether a pod of this name is one of its. */
  public boolean hasPod(String name) {
    return podNames.contains(name);
  }

  /** Whether it is a Deployment, whose pods are never over by themselves. */
  public boolean serves() {
    return state().spec().restartPolicy().equals("Always");
  }

  public String queue() {
    return state().spec().queue();
  }

  /** The runs of its workers, once all pods are put together. */
  public List<Attempt> attempts() {
    if (attempts == null) {
      attempts = pods.stream().flatMap(pod -> pod.attempts().stream()).toList();
    }
    return attempts;
  }

  @Override
  public String toString() {
    return (serves() ? "Deployment " : "Job ") + ref;
  }
}
