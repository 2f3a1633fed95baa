package workqueue.checker.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.JobDeleted;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.ClusterEvent.PodGone;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.History;
import workqueue.history.PodRef;
import workqueue.history.Recorded;
import workqueue.history.Source;
import workqueue.history.WorkerEvent.LogComplete;
import workqueue.history.WorkerEvent.LogLine;

/** A history put together: Jobs, their pods, and the attempts of their containers. */
public final class Picture {
  public final History history;
  private final Map<String, JobView> jobs = new LinkedHashMap<>();
  private final Map<String, PodView> pods = new LinkedHashMap<>();
  private final Map<String, PodView> podsByName = new HashMap<>();
  private final Map<String, QueueView> queues = new HashMap<>();
  private Connections connections;
  private final Map<Object, Object> derived = new HashMap<>();

  public Picture(History history) {
    this.history = history;
    for (Recorded<PodState> each : history.all(PodState.class)) {
      pod(each.event().pod()).see(each);
    }
    for (Recorded<PodGone> each : history.all(PodGone.class)) {
      pod(each.event().pod()).seeGone(each);
    }
    for (Recorded<ContainerState> each : history.all(ContainerState.class)) {
      pod(each.event().pod()).seeContainer(each);
    }
    for (Recorded<LogLine> each : history.all(LogLine.class)) {
      LogLine line = each.event();
      pod(line.pod()).attempt(line.container(), line.attempt()).add(each);
    }
    for (Recorded<LogComplete> each : history.all(LogComplete.class)) {
      LogComplete marker = each.event();
      pod(marker.pod()).attempt(marker.container(), marker.attempt()).seeAll(each);
    }
    for (Recorded<JobState> each : history.all(JobState.class)) {
      jobs.computeIfAbsent(each.event().job().uid(), uid -> new JobView(each.event().job()))
          .see(each);
    }
    for (Recorded<JobDeleted> each : history.all(JobDeleted.class)) {
      JobView job = jobs.get(each.event().job().uid());
      if (job != null) {
        job.seeDeleted(each);
      }
    }
    for (PodView pod : pods.values()) {
      JobView owner = jobs.get(pod.jobUid());
      if (owner != null) {
        owner.add(pod);
        pod.worksIn(owner.state().spec().worker());
      }
    }
  }

  public Collection<JobView> jobs() {
    return jobs.values();
  }

  /** All pods that a Job owns. */
  public List<PodView> workers() {
    return pods.values().stream().filter(pod -> !pod.jobUid().isEmpty()).toList();
  }

  /** The pod of this name that was seen last. */
  public Optional<PodView> podNamed(String name) {
    return Optional.ofNullable(podsByName.get(name));
  }

  /** The queues that workers were given, in the order of their names. */
  public Set<String> jobQueues() {
    return jobs.values().stream()
        .map(JobView::queue)
        .filter(queue -> !queue.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The Jobs of this name, or all of them if the name is empty. */
  public List<JobView> jobsNamed(String name) {
    List<JobView> found = new ArrayList<>();
    for (JobView job : jobs.values()) {
      if (name.isEmpty() || job.ref.name().equals(name)) {
        found.add(job);
      }
    }
    return found;
  }

  /** The instant of the last event, which is as far as the record reaches. */
  public Instant now() {
    List<Recorded<?>> events = history.events();
    return events.isEmpty() ? Instant.MIN : events.get(events.size() - 1).at();
  }

  /** The event of this number. */
  public Recorded<?> event(long seq) {
    List<Recorded<?>> events = history.events();
    // The numbers rise: a record that was cut out of another may begin with any.
    int low = 0;
    int high = events.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (events.get(middle).seq() < seq) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return events.get(low);
  }

  /**
   * How long what may pass by itself is waited for.
   *
   * @param otherwise in records that do not say
   */
  public Duration patience(Duration otherwise) {
    Long seconds = history.header().patienceSeconds();
    return seconds == null ? otherwise : Duration.ofSeconds(seconds);
  }

  public QueueView queue(String name) {
    return queues.computeIfAbsent(name, any -> new QueueView(this, name));
  }

  public Connections connections() {
    if (connections == null) {
      connections = new Connections(history);
    }
    return connections;
  }

  /** What is worked out of this picture alone: once, whoever asks for it. */
  public <T> T derived(Class<T> what, Function<Picture, T> how) {
    return derived(what, "", how);
  }

  /** What is worked out of this picture and one parameter: once for each. */
  public <T> T derived(Class<T> what, Object parameter, Function<Picture, T> how) {
    Object key = List.of(what, parameter);
    Object known = derived.get(key);
    if (known == null) {
      // Not computeIfAbsent: how may itself derive something.
      known = how.apply(this);
      derived.put(key, known);
    }
    return what.cast(known);
  }

  /** Whether all pods of the Job were seen, also those that came and went during a gap. */
  public boolean allPodsSeen(JobView job) {
    if (history.gaps(Source.PODS).isEmpty()) {
      return true;
    }
    JobState state = job.state();
    long over = job.pods.stream().filter(pod -> !pod.active()).count();
    return state.over() && job.pods.size() == over && over == state.succeeded() + state.failed();
  }

  public PodView pod(PodRef ref) {
    return pods.computeIfAbsent(
        ref.uid(),
        uid -> {
          PodView pod = new PodView(ref);
          podsByName.put(ref.name(), pod);
          return pod;
        });
  }
}
