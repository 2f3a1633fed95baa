package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.PERMISSION_DENIED;

import java.util.List;

/** The login is good, and the user lacks a right on what it asks for. */
final class PermissionDenied extends Cause {

  PermissionDenied() {
    super(
        PERMISSION_DENIED,
        Scope.JOB,
        """
        The user may log in and lacks one of the rights to configure, write or read on the queue or exchange that the worker uses, or on the
        virtual host. Where that is not the user or the virtual host that the workers were given, it is said: it is built in.
        """,
        Remedy.by(Who.AUTHOR, "take user and virtual host from BROKER_URL"),
        Remedy.by(Who.BROKER, "grant the right that the reply names"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return seen.refused(Refusal.PERMISSION_DENIED);
  }
}
