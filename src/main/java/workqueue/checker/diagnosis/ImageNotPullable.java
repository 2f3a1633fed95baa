package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.IMAGE_NOT_PULLABLE;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import workqueue.Counted;
import workqueue.checker.view.JobView;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.Recorded;

/** A node cannot get the image. */
public final class ImageNotPullable extends Cause {
  private static final Set<String> REASONS =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable");

  ImageNotPullable() {
    super(
        IMAGE_NOT_PULLABLE,
        Scope.POD,
        """
        The kubelet reports that it cannot pull the image, or may not: a name that does not exist, a registry that is not reached or wants a
        login, or `imagePullPolicy: Never` without the image on the node. The kubelet tries again, so that a registry which comes back is
        early enough.
        """,
        Remedy.by(Who.JOB, "correct the image, or give the pods an imagePullSecret"),
        Remedy.by(Who.CLUSTER, "see whether nodes reach the registry"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return seen.picture().jobs().stream()
        .filter(job -> !job.state().complete())
        .flatMap(job -> of(job).stream())
        .toList();
  }

  /** Whether a container that waits for this reason waits for its image. */
  public static boolean isWhy(String reason) {
    return REASONS.contains(reason);
  }

  private static Optional<Suspicion> of(JobView job) {
    List<Recorded<ContainerState>> waiting = Stuck.waiting(job, state -> isWhy(state.reason()));
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    String image = job.state().spec().image();
    return Optional.of(
        Suspicion.of(
                IMAGE_NOT_PULLABLE,
                Counted.of(waiting.size(), "pod")
                    + " of "
                    + job
                    + " cannot get their image"
                    + (image.isEmpty() ? "" : " " + image)
                    + " ("
                    + waiting.get(waiting.size() - 1).event().reason()
                    + ")")
            .pods(waiting.stream().map(state -> state.event().pod().name()).toList())
            .proof(waiting.stream().map(Recorded::seq).toList())
            .remedy(Remedies.events(job.ref.namespace(), "reason=Failed")));
  }
}
