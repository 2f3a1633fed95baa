package workqueue.checker;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import workqueue.Counted;
import workqueue.history.ClusterEvent.KubernetesEvent;
import workqueue.history.Recorded;

/**
 * What an event of the kubelet says of pods whose containers it cannot begin to make; their own
 * state says {@code ContainerCreating} and no more.
 */
final class NotCreated implements Cause {
  private final FindingCode code;
  private final Set<String> reasons;
  private final String what;

  private NotCreated(FindingCode code, Set<String> reasons, String what) {
    this.code = code;
    this.reasons = reasons;
    this.what = what;
  }

  static Cause volume() {
    return new NotCreated(
        FindingCode.VOLUME_NOT_MOUNTED,
        Set.of("FailedMount", "FailedAttachVolume", "FailedMapVolume"),
        "a volume cannot be mounted for ");
  }

  static Cause sandbox() {
    return new NotCreated(
        FindingCode.SANDBOX_NOT_CREATED,
        Set.of("FailedCreatePodSandBox", "FailedCreatePodContainer"),
        "the node cannot make the sandbox of ");
  }

  @Override
  public List<Suspicion> in(Picture picture, Duration window) {
    return Stuck.all(
        Stuck.jobs(picture),
        pod -> waits(pod) && !said(picture, pod).isEmpty(),
        (job, pods) -> of(picture, job, pods));
  }

  private Suspicion of(Picture picture, JobView job, List<PodView> pods) {
    List<Recorded<KubernetesEvent>> events =
        pods.stream().flatMap(pod -> said(picture, pod).stream()).toList();
    return Suspicion.of(
            code,
            what
                + Counted.of(pods.size(), "pod")
                + " of "
                + job
                + " ("
                + events.get(events.size() - 1).event().message()
                + ")")
        .proof(events.stream().map(Recorded::seq).toList())
        .remedy(Stuck.onFirst("describe pod", pods, ""));
  }

  private List<Recorded<KubernetesEvent>> said(Picture picture, PodView pod) {
    return picture.history.all(
        KubernetesEvent.class,
        event ->
            event.kind().equals("Pod")
                && event.name().equals(pod.ref.name())
                && reasons.contains(event.reason()));
  }

  /** Whether none of its containers has begun, and none says another reason for it. */
  private static boolean waits(PodView pod) {
    return !pod.node().isEmpty() && pod.allAttempts().stream().allMatch(Attempt::isBeingMade);
  }
}
