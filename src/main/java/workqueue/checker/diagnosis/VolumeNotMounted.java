package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.VOLUME_NOT_MOUNTED;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A volume of the pod cannot be mounted. */
final class VolumeNotMounted extends NotCreated {

  VolumeNotMounted() {
    super(
        VOLUME_NOT_MOUNTED,
        Scope.POD,
        """
        The kubelet cannot mount a volume: the Secret, the ConfigMap, the path or the claim does not exist, or the storage does not answer. It
        tries again, later each time. A claim that is not bound keeps its pods from a node before that; why, its own event tells.
        """,
        Remedy.by(Who.JOB, "create what the volume names"),
        Remedy.by(Who.CLUSTER, "see the storage"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return Stream.concat(super.in(seen).stream(), ClaimNotBound.in(seen.picture()).stream())
        .toList();
  }

  @Override
  Set<String> reasons() {
    return Set.of("FailedMount", "FailedAttachVolume", "FailedMapVolume");
  }

  @Override
  String what() {
    return "a volume cannot be mounted for ";
  }
}
