package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.CONTROLLER_INACTIVE;

import java.util.List;

/** Nobody reconciles the Job. */
final class ControllerInactive extends Cause {

  ControllerInactive() {
    super(
        CONTROLLER_INACTIVE,
        Scope.JOB,
        """
        The Job was not taken up, or pods of it that ended long ago are not counted: the controller of the cluster is away. Failed pods are
        counted only after a back-off of up to 6 minutes, which is allowed for.
        """,
        Remedy.by(Who.CLUSTER, "start the controller manager"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return Unattended.jobs(seen.picture())
        .filter(job -> !job.state().spec().managedByOthers())
        .flatMap(job -> Unattended.of(seen, job).stream())
        .map(
            each ->
                Suspicion.of(CONTROLLER_INACTIVE, "nobody takes care of " + each.job())
                    .proof(each.proof())
                    .remedy("kubectl get pods -n kube-system | grep controller-manager"))
        .toList();
  }
}
