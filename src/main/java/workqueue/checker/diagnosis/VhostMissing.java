package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.VHOST_MISSING;

import java.util.List;

/** The virtual host does not exist. */
final class VhostMissing extends Cause {

  VhostMissing() {
    super(
        VHOST_MISSING,
        Scope.JOB,
        """
        The path of the broker's URL names a virtual host that the broker does not have. An empty path is the virtual host `/` for some
        clients and one without a name for others. Where the workers were given another, that is said: it is built in.
        """,
        Remedy.by(Who.AUTHOR, "take the virtual host from BROKER_URL"),
        Remedy.by(Who.BROKER, "create the virtual host"),
        Remedy.by(Who.JOB, "correct the path of BROKER_URL"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return seen.refused(Refusal.VHOST_MISSING);
  }
}
