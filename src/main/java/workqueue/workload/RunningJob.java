package workqueue.workload;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import workqueue.Counted;
import workqueue.history.ClusterEvent.JobDeleted;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.History;
import workqueue.history.PodRef;
import workqueue.waiting.Sight;

/** A Job that was created in a scenario's namespace. */
public final class RunningJob {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private final Surroundings place;
  private final String name;
  private final int completions;

  /**
   * @param completions how many of its pods are to succeed
   */
  RunningJob(Surroundings place, String name, int completions) {
    this.place = place;
    this.name = name;
    this.completions = completions;
  }

  public String name() {
    return name;
  }

  /**
   * Waits until the Job is over, or the record shows that it cannot complete by itself any more, or
   * the limit runs out: what came of it is for the claims to tell.
   */
  public void awaitComplete() {
    place.awaitEnd(name, completions);
  }

  /** Lets a suspended Job go on, and waits until the record shows that. */
  public void resume() {
    job().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"suspend\":false}}");
    // Until then the record proves that it cannot complete.
    place.await(this + " to be resumed", this::resumed);
  }

  /** Waits until the record shows that the Job was deleted. */
  public void awaitGone() {
    place.await(
        this + " to be gone",
        history ->
            history
                .last(JobDeleted.class, each -> each.job().name().equals(name))
                .map(each -> Sight.found(true))
                .orElseGet(() -> Sight.notYet("it is there")));
  }

  /**
   * Waits until as many of the Job's containers run at once, and names their pods.
   *
   * @throws workqueue.waiting.WaitedInVain if they do not within two minutes
   */
  public List<PodRef> awaitRunning(int count) {
    return place
        .patience()
        .await(
            count + " running containers of Job " + name,
            START,
            BETWEEN,
            () -> {
              List<PodRef> running =
                  pods().stream().filter(RunningJob::runs).map(RunningJob::ref).toList();
              return running.size() >= count
                  ? Sight.found(running)
                  : Sight.<List<PodRef>>notYet(running.size() + " run");
            });
  }

  /**
   * Waits until one of the Job's containers runs, or has run: some are done before they can be seen
   * running.
   *
   * @throws workqueue.waiting.WaitedInVain if none does within two minutes
   */
  public PodRef awaitBegun() {
    return place
        .patience()
        .await(
            "a container of Job " + name + " to begin",
            START,
            BETWEEN,
            () -> {
              List<Pod> pods = pods();
              return Stream.concat(
                      pods.stream().filter(RunningJob::runs),
                      pods.stream().filter(RunningJob::hasRun))
                  .findFirst()
                  .map(pod -> Sight.found(ref(pod)))
                  .orElseGet(
                      () -> Sight.notYet("none of " + Counted.of(pods.size(), "pod") + " did"));
            });
  }

  private static boolean hasRun(Pod pod) {
    return states(pod).anyMatch(each -> each.getTerminated() != null);
  }

  private static Stream<ContainerState> states(Pod pod) {
    return Stream.ofNullable(pod.getStatus().getContainerStatuses())
        .flatMap(List::stream)
        .map(ContainerStatus::getState)
        .filter(Objects::nonNull);
  }

  private List<Pod> pods() {
    return place
        .namespace()
        .client()
        .pods()
        .inNamespace(place.namespace().name())
        .withLabel("job-name", name)
        .list()
        .getItems();
  }

  private static boolean runs(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && states(pod).anyMatch(each -> each.getRunning() != null);
  }

  private static PodRef ref(Pod pod) {
    return new PodRef(
        pod.getMetadata().getNamespace(), pod.getMetadata().getName(), pod.getMetadata().getUid());
  }

  /** Deletes the Job and its pods. */
  public void delete() {
    job().withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
  }

  private Sight<Boolean> resumed(History history) {
    boolean suspended =
        history
            .last(JobState.class, each -> each.job().name().equals(name))
            .map(each -> each.event().spec().suspend())
            .orElse(true);
    return suspended ? Sight.notYet("it is suspended") : Sight.found(true);
  }

  private ScalableResource<Job> job() {
    return place
        .namespace()
        .client()
        .batch()
        .v1()
        .jobs()
        .inNamespace(place.namespace().name())
        .withName(name);
  }

  @Override
  public String toString() {
    return "Job " + name;
  }
}
