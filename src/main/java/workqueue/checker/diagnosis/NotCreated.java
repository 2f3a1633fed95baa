package workqueue.checker.diagnosis;

import java.util.List;
import java.util.Set;
import workqueue.Counted;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.history.ClusterEvent.KubernetesEvent;
import workqueue.history.Recorded;

/**
 * What an event of the kubelet says of pods whose containers it cannot begin to make; their own
 * state says {@code ContainerCreating} and no more.
 */
abstract class NotCreated extends Cause {

  NotCreated(FindingCode code, Scope scope, String documentation, Remedy... remedies) {
    super(code, scope, documentation, remedies);
  }

  /** The reasons of the events that tell it. */
  abstract Set<String> reasons();

  /** What it is, as it reads before the pods. */
  abstract String what();

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    return Stuck.all(
        Stuck.jobs(picture),
        pod -> waits(pod) && !said(picture, pod).isEmpty(),
        (job, pods) -> of(picture, job, pods));
  }

  private Suspicion of(Picture picture, JobView job, List<PodView> pods) {
    List<Recorded<KubernetesEvent>> events =
        pods.stream().flatMap(pod -> said(picture, pod).stream()).toList();
    return Suspicion.of(
            code(),
            what()
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
                && reasons().contains(event.reason()));
  }

  /** Whether none of its containers has begun, and none says another reason for it. */
  private static boolean waits(PodView pod) {
    return !pod.node().isEmpty() && pod.allAttempts().stream().allMatch(Attempt::isBeingMade);
  }
}
