package workqueue.checker.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.NodeState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.Recorded;

/** Pods that are alive and get nowhere, and what they have in common. */
final class Stuck {
  // Kubernetes' node-monitor-grace-period is 40 s, and 50 s from 1.32 on.
  private static final Duration NODE_MISSED = Duration.ofSeconds(60);

  private Stuck() {}

  /** The Jobs that are neither over, nor gone, nor suspended. */
  static Stream<JobView> jobs(Picture picture) {
    return picture.jobs().stream()
        .filter(job -> !job.state().over() && job.deleted().isEmpty())
        .filter(job -> !job.state().spec().suspend());
  }

  /**
   * How long a container must have run on before it is said to: where there are several nodes its
   * own may be lost, and until that is noticed the container is shown as it was.
   */
  static Duration patience(Picture picture, Duration window) {
    Duration patience = picture.patience(window);
    long nodes =
        picture.history.all(NodeState.class).stream()
            .map(each -> each.event().node())
            .distinct()
            .count();
    return nodes > 1 && patience.compareTo(NODE_MISSED) < 0 ? NODE_MISSED : patience;
  }

  /** Whether at least so much time lies between the instant and the end of the record. */
  static boolean since(Instant from, Picture picture, Duration least) {
    return !Duration.between(from, picture.now()).minus(least).isNegative();
  }

  /**
   * A suspicion for each group of pods of a Job.
   *
   * @param key what pods of a group have in common; empty for a pod that is not stuck
   * @param suspicion of a group
   */
  static <K> List<Suspicion> grouped(
      Stream<JobView> jobs, BiFunction<JobView, PodView, Optional<K>> key, Group<K> suspicion) {
    List<Suspicion> found = new ArrayList<>();
    jobs.forEach(
        job -> {
          Map<K, List<PodView>> groups = new LinkedHashMap<>();
          job.pods.stream()
              .filter(pod -> pod.active() || job.state().failedForGood())
              .forEach(
                  pod ->
                      key.apply(job, pod)
                          .ifPresent(
                              of -> groups.computeIfAbsent(of, any -> new ArrayList<>()).add(pod)));
          groups.forEach((of, pods) -> found.add(suspicion.of(job, of, pods).pods(names(pods))));
        });
    return found;
  }

  /** A suspicion for each Job that has such pods. */
  static List<Suspicion> all(
      Stream<JobView> jobs,
      Predicate<PodView> which,
      BiFunction<JobView, List<PodView>, Suspicion> suspicion) {
    return grouped(
        jobs,
        (job, pod) -> which.test(pod) ? Optional.of(job) : Optional.empty(),
        (job, same, pods) -> suspicion.apply(job, pods));
  }

  /** The states of the Job's containers that wait for something like this. */
  static List<Recorded<ContainerState>> waiting(JobView job, Predicate<ContainerState> which) {
    List<Recorded<ContainerState>> waiting = new ArrayList<>();
    for (PodView pod : job.pods) {
      if (!pod.active() && !job.state().failedForGood()) {
        continue;
      }
      for (Attempt attempt : pod.allAttempts()) {
        attempt
            .lastState()
            .filter(state -> state.event().state() == Running.WAITING)
            .filter(state -> which.test(state.event()))
            .ifPresent(waiting::add);
      }
    }
    return waiting;
  }

  /** What is said of a group of pods. */
  @FunctionalInterface
  interface Group<K> {
    Suspicion of(JobView job, K key, List<PodView> pods);
  }

  static List<String> names(List<PodView> pods) {
    return pods.stream().map(pod -> pod.ref.name()).toList();
  }

  /** The events that showed pods last. */
  static List<Long> lastSeen(List<PodView> pods) {
    return pods.stream().map(pod -> pod.last().orElseThrow().seq()).toList();
  }

  /** A command on the first of the pods. */
  static String onFirst(String verb, List<PodView> pods, String rest) {
    PodView first = pods.get(0);
    return "kubectl "
        + verb
        + " "
        + first.ref.name()
        + " -n "
        + first.ref.namespace()
        + (rest.isEmpty() ? "" : " " + rest);
  }
}
