package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.SANDBOX_NOT_CREATED;

import java.util.Set;

/** The node cannot make the pod's sandbox or its network. */
final class SandboxNotCreated extends NotCreated {

  SandboxNotCreated() {
    super(
        SANDBOX_NOT_CREATED,
        Scope.POD,
        """
        The runtime cannot make the sandbox of the pod: its network plug-in fails or has no address left, or the runtime itself is at its
        end.
        """,
        Remedy.by(Who.CLUSTER, "see the node's runtime and network plug-in"));
  }

  @Override
  Set<String> reasons() {
    return Set.of("FailedCreatePodSandBox", "FailedCreatePodContainer");
  }

  @Override
  String what() {
    return "the node cannot make the sandbox of ";
  }
}
