package workqueue.checker;

import static workqueue.checker.FindingCode.VOLUME_NOT_MOUNTED;

import java.util.Set;

/** A volume of the pod cannot be mounted. */
final class VolumeNotMounted extends NotCreated {

  VolumeNotMounted() {
    super(
        VOLUME_NOT_MOUNTED,
        Scope.POD,
        """
        The kubelet cannot mount a volume: the Secret, the ConfigMap or the claim does not exist, or the storage does not answer. It tries
        again, later each time.
        """,
        Remedy.by(Who.JOB, "create what the volume names"),
        Remedy.by(Who.CLUSTER, "see the storage"));
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
