package workqueue.workload;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import workqueue.history.PodRef;
import workqueue.waiting.Sight;

/** A Job that was created in a scenario's namespace. */
public final class RunningJob {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private final Surroundings place;
  private final String name;

  RunningJob(Surroundings place, String name) {
    this.place = place;
    this.name = name;
  }

  public String name() {
    return name;
  }

  /**
   * Waits until the Job is over, or the record shows that it cannot complete by itself any more, or
   * the limit runs out: what came of it is for the claims to tell.
   */
  public void awaitComplete() {
    place.awaitEnd(name);
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
        && Stream.ofNullable(pod.getStatus().getContainerStatuses())
            .flatMap(List::stream)
            .anyMatch(each -> each.getState() != null && each.getState().getRunning() != null);
  }

  private static PodRef ref(Pod pod) {
    return new PodRef(
        pod.getMetadata().getNamespace(), pod.getMetadata().getName(), pod.getMetadata().getUid());
  }

  /** Deletes the Job and its pods. */
  public void delete() {
    place
        .namespace()
        .client()
        .batch()
        .v1()
        .jobs()
        .inNamespace(place.namespace().name())
        .withName(name)
        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
        .delete();
  }

  @Override
  public String toString() {
    return "Job " + name;
  }
}
