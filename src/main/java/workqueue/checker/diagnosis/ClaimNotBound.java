package workqueue.checker.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.history.ClusterEvent.KubernetesEvent;
import workqueue.history.Condition;
import workqueue.history.JobVolume;
import workqueue.history.Recorded;

/**
 * Pods wait for a claim that is not bound, or not there. The scheduler says so without its name;
 * why it is not bound only the claim's own events tell.
 */
final class ClaimNotBound {
  private static final Set<String> REASONS =
      Set.of("FailedBinding", "ProvisioningFailed", "ClaimMisbound", "VolumeMismatch");

  private ClaimNotBound() {}

  static List<Suspicion> in(Picture picture) {
    return Stuck.all(
        Stuck.jobs(picture),
        pod -> keepsWaiting(pod).isPresent(),
        (job, pods) -> of(picture, job, pods));
  }

  /** What the scheduler says of it, if it is for want of a claim that the pod waits. */
  static Optional<String> keepsWaiting(PodView pod) {
    return pod.last()
        .flatMap(state -> state.event().condition("PodScheduled"))
        .filter(each -> !each.holds() && each.reason().equals("Unschedulable"))
        .map(Condition::message)
        .filter(
            each ->
                each.contains("unbound immediate PersistentVolumeClaims")
                    || (each.contains("persistentvolumeclaim") && each.contains("not found")));
  }

  private static Suspicion of(Picture picture, JobView job, List<PodView> pods) {
    List<String> claims =
        job.state().spec().volumes().stream()
            .filter(JobVolume::ofClaim)
            .map(JobVolume::source)
            .distinct()
            .toList();
    List<Recorded<KubernetesEvent>> said =
        picture.history.all(
            KubernetesEvent.class,
            event ->
                event.kind().equals("PersistentVolumeClaim")
                    && event.namespace().equals(job.ref.namespace())
                    && REASONS.contains(event.reason())
                    && (claims.isEmpty() || claims.contains(event.name())));
    Set<String> unbound =
        said.isEmpty()
            ? Set.copyOf(claims)
            : said.stream().map(each -> each.event().name()).collect(Collectors.toSet());
    String why =
        said.isEmpty()
            ? keepsWaiting(pods.get(0)).orElseThrow()
            : said.get(said.size() - 1).event().message();
    List<Long> proof = new ArrayList<>(Stuck.lastSeen(pods));
    said.forEach(each -> proof.add(each.seq()));
    String named =
        unbound.isEmpty()
            ? "claims"
            : "claim " + String.join(", ", unbound.stream().sorted().toList());
    return Suspicion.of(
            FindingCode.VOLUME_NOT_MOUNTED,
            "a volume cannot be mounted for "
                + Counted.of(pods.size(), "pod")
                + " of "
                + job
                + ", for "
                + named
                + (unbound.size() == 1 ? " is" : " are")
                + " not bound ("
                + why
                + ")")
        .proof(proof)
        .remedy("kubectl describe pvc -n " + job.ref.namespace());
  }
}
