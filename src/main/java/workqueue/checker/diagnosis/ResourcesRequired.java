package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.RESOURCES_REQUIRED;

import workqueue.checker.view.JobView;

/** A quota demands requests or limits that the Job's pods do not state. */
final class ResourcesRequired extends RefusedCreation {

  ResourcesRequired() {
    super(
        RESOURCES_REQUIRED,
        Kind.RESOURCES,
        Scope.JOB,
        """
        A ResourceQuota of the namespace counts a resource, so that a pod which does not state it is refused. The Job's template cannot be
        changed once it is made.
        """,
        Remedy.by(Who.JOB, "state requests and limits of all containers"),
        Remedy.by(Who.CLUSTER, "give the namespace a LimitRange, which sets them"));
  }

  @Override
  Suspicion of(JobView job, String lastMessage) {
    return Suspicion.of(
            RESOURCES_REQUIRED,
            "a quota wants the pods of " + job + " to state their resources (" + lastMessage + ")")
        .remedy("kubectl describe quota -n " + job.ref.namespace());
  }
}
